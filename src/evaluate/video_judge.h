// What became of the faces of a clip: how many of their pictures leaked, and how long one was
// exposed at a time. A face in one picture is hidden, or leaks, as judge.h says.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/synthetic_clip.h"
#include "plan/plan.h"

namespace faceveil {

// By the longer side of the face's box, pixels; the last class has no upper end.
inline constexpr std::array<float, 4> video_size_from_px = {0, 24, 48, 96};

struct VideoScore {
  struct OfSize {
    int64_t face_pictures = 0, leaked = 0;
    int longest_exposed = 0;  // Pictures in a row.
  };
  std::array<OfSize, video_size_from_px.size()> sizes;
  int64_t pictures = 0;
  // A face in one scene is one; those that nothing hid in any of their pictures were never found,
  // whatever the tracker does.
  int64_t faces = 0, faces_never_hidden = 0, leaked_of_never_hidden = 0;
  int64_t false_boxes = 0;     // Regions whose centre lies in no face.
  double border_moved_px = 0;  // Most that a border moved between pictures of a still scene.
};

class VideoJudge {
 public:
  void begin_clip();
  // The pictures of a clip in order of time, with what would be painted.
  void add(const ClipPicture&, std::span<const Region>);
  const VideoScore& score() const { return score_; }

 private:
  struct OfFace {
    int exposed = 0;     // Pictures in a row up to now.
    int64_t leaked = 0;  // Of all of its pictures, while none was hidden.
    bool counted = false, was_hidden = false;
  };

  void note(OfFace&, bool leaked);
  void judge_face(const ClipFace&, std::span<const Region>, Size picture);
  void measure_flicker(const ClipPicture&, std::span<const Region>);

  VideoScore score_;
  std::map<uint32_t, OfFace> faces_;  // By the face's id.
  std::map<uint32_t, Rect> boxes_;    // By track, in the picture before.
  std::optional<int> scene_;
};

}  // namespace faceveil
