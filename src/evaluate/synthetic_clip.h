// Clips made by lot, whose faces are known in every picture: faces move over backgrounds along
// known ways, turn, grow and shrink, smear by their movement, pass behind a post; the picture is
// noisy, and scenes change. Pictures are made one at a time, in any order; the same seed gives the
// same pixels on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "evaluate/face_cutout.h"

namespace faceveil {

struct ClipSettings {
  uint64_t seed = 1;
  Size size = {640, 360};
  int picture_count = 90;
  double pictures_a_second = 30;
};

// One face in one picture.
struct ClipFace {
  uint32_t id = 0;  // The same face has the same id in its scene; no other in the clip has it.
  Rect box;
  // Whether enough of it shows to be told for a face: its centre lies in the picture, and less than
  // half of its middle behind the post or any one face before it.
  bool counts = true;
};

struct ClipPicture {
  MediaTime time;
  Image image;  // rgb8.
  std::vector<ClipFace> faces;
  int scene = 0;
  bool still = false;  // Nothing moves in this scene but the noise.
};

class SyntheticClip {
 public:
  // `cutouts` are borrowed, at least one.
  SyntheticClip(const ClipSettings&, std::span<const FaceCutout> cutouts);

  int picture_count() const { return settings_.picture_count; }
  Result<ClipPicture> picture(int index) const;  // Errors: over_limit.

 private:
  struct Actor {
    uint32_t id = 0;
    size_t cutout = 0;
    double x = 0, y = 0;               // Of the face's centre in the middle of the scene, pixels.
    double speed_x = 0, speed_y = 0;   // Pixels a picture.
    double swing = 0, swing_rate = 0;  // Pixels; radians a picture.
    double side = 0, growth = 0;       // Of the face, pixels; e-fold a picture.
    double turn = 0, turn_rate = 0;    // Radians, to and fro.
  };
  struct Scene {
    int begin = 0, end = 0;  // Pictures, half open.
    uint64_t seed = 0;       // Of the background.
    bool still = false;
    double noise = 0;                   // Deviation, of 255.
    double post_x = 0, post_width = 0;  // Width 0: none.
    std::vector<Actor> actors;
  };
  struct Pose {
    double x = 0, y = 0, side = 0, turn = 0;
  };

  void draw_scene(uint64_t seed, int begin, int end);
  const Scene& scene_at(int index) const;
  Pose pose(const Scene&, const Actor&, double index) const;
  Rect box_of(const Actor&, const Pose&) const;
  bool counts(const Scene&, std::span<const ClipFace> faces, size_t index) const;
  void lay_actor(Image&, const Scene&, const Actor&, int index) const;
  void lay_post(Image&, const Scene&) const;
  void add_noise(Image&, const Scene&, int index) const;

  ClipSettings settings_;
  std::span<const FaceCutout> cutouts_;
  std::vector<Scene> scenes_;
};

}  // namespace faceveil
