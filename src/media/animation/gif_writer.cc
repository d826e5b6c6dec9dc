// Animated GIF by cgif. Of each picture only what has changed is drawn, the rest is left standing,
// so that a picture needs palette places for its new colours only: the pictures of a GIF have more
// than 256 together as a rule. Where something becomes transparent, all before it is cleared and
// the whole picture drawn.
//
// What stands in the file was shown once: a picture is compared with what was *written*, in which
// everything hidden is painted over already, and with nothing else.

#include <cgif.h>

#include <algorithm>
#include <vector>

#include "media/animation/gif_colours.h"
#include "media/animation/writing.h"

namespace faceveil {
namespace {

constexpr Rgb nothing = 0xff000000;  // No colour has these bits.
constexpr size_t places_max = 256;
constexpr int opaque_min = 128;  // Alpha: GIF knows only all and nothing.

std::vector<Rgb> colours_of(const Image& image) {
  std::vector<Rgb> colours(image.size_bytes() / 4, nothing);
  const uint8_t* pixel = image.row<uint8_t>(0);
  for (Rgb& colour : colours) {
    if (pixel[3] >= opaque_min) {
      colour = static_cast<Rgb>(pixel[0]) << 16 | static_cast<Rgb>(pixel[1]) << 8 | pixel[2];
    }
    pixel += 4;
  }
  return colours;
}

// Hundredths of a second; what rounding takes from one picture goes to the next. Never so short
// that players take it for nothing said, unless it was.
class Delays {
 public:
  uint16_t next(int duration_ms) {
    const int wanted = duration_ms + left_ms_;
    const int least = duration_ms > 10 ? 2 : 0;
    const int delay = std::clamp((wanted + 5) / 10, least, 0xffff);
    left_ms_ = std::clamp(wanted - delay * 10, -10, 10);
    return static_cast<uint16_t>(delay);
  }

 private:
  int left_ms_ = 0;
};

struct File {
  int descriptor = -1;
  Status status;
};

int write_some(void* to, const uint8_t* data, size_t size_bytes) {
  auto& file = *static_cast<File*>(to);
  if (file.status)
    file.status = write_all(file.descriptor, std::as_bytes(std::span(data, size_bytes)));
  return file.status ? 0 : -1;
}

// Which pixels of a picture are drawn.
struct Drawing {
  std::vector<bool> drawn;
  bool clears = false;  // Everything before is gone first.
  size_t places = places_max;
  bool has_gaps = false;  // Not everything is drawn: one place of the palette means that.
};

class GifSink : public PictureSink {
 public:
  GifSink(int descriptor, const AnimationInfo& like) : size_(like.size), file_{descriptor, {}} {
    CGIF_Config config{};
    config.attrFlags = CGIF_ATTR_IS_ANIMATED | CGIF_ATTR_NO_GLOBAL_TABLE;
    if (like.plays == 1) config.attrFlags |= CGIF_ATTR_NO_LOOP;
    config.numLoops = static_cast<uint16_t>(std::clamp(like.plays - 1, 0, 0xffff));
    config.width = static_cast<uint16_t>(size_.width);
    config.height = static_cast<uint16_t>(size_.height);
    config.pWriteFn = write_some;
    config.pContext = &file_;
    gif_ = cgif_newgif(&config);
    shown_.assign(static_cast<size_t>(size_.width) * static_cast<size_t>(size_.height), nothing);
  }
  GifSink(const GifSink&) = delete;
  GifSink& operator=(const GifSink&) = delete;
  ~GifSink() override {
    if (gif_) cgif_close(gif_);
  }

  bool is_open() const { return gif_ != nullptr; }
  int64_t approximated() const override { return approximated_; }

  Status write(AnimationPicture picture, const MayDiffer& may_differ) override {
    std::vector<Rgb> wanted = colours_of(picture.image);
    hide_map_.resize(wanted.size());
    for (size_t at = 0; at < wanted.size(); ++at) {
      const auto width = static_cast<size_t>(size_.width);
      hide_map_[at] = may_differ(static_cast<int>(at % width), static_cast<int>(at / width));
    }
    Drawing drawing = drawing_of(wanted);
    TRY(draw(wanted, drawing, delays_.next(picture.duration_ms)));
    count_approximated(wanted);
    wanted_ = std::move(wanted);
    return {};
  }

  Status finish() override {
    const bool closed = cgif_close(std::exchange(gif_, nullptr)) == CGIF_OK;
    return closed ? Status() : failed();
  }

 private:
  tl::unexpected<Error> failed() const {
    if (!file_.status) return tl::unexpected(file_.status.error());
    return fail(Error::Kind::io, "The output cannot be written ({0}).", {"cgif"});
  }

  // What is hidden is drawn whole: near colours of several pictures beside each other look like
  // noise.
  bool stands(const std::vector<Rgb>& wanted, size_t at, bool as_wanted_before) const {
    if (shown_[at] == wanted[at]) return true;
    return as_wanted_before && !hide_map_[at] && !wanted_.empty() && wanted_[at] == wanted[at];
  }

  Drawing changes(const std::vector<Rgb>& wanted, bool as_wanted_before) const {
    Drawing drawing;
    drawing.drawn.resize(wanted.size());
    for (size_t at = 0; at < wanted.size(); ++at) {
      drawing.drawn[at] = wanted[at] != nothing && !stands(wanted, at, as_wanted_before);
    }
    return drawing;
  }

  Drawing everything(const std::vector<Rgb>& wanted) const {
    Drawing drawing;
    drawing.drawn.resize(wanted.size());
    for (size_t at = 0; at < wanted.size(); ++at) drawing.drawn[at] = wanted[at] != nothing;
    return drawing;
  }

  std::vector<Rgb> drawn_colours(const std::vector<Rgb>& wanted, const Drawing& drawing,
                                 bool hidden) const {
    std::vector<Rgb> colours;
    for (size_t at = 0; at < wanted.size(); ++at) {
      if (drawing.drawn[at] && hide_map_[at] == hidden) colours.push_back(wanted[at]);
    }
    return colours;
  }

  // Whether what is drawn in sight has room in the palette.
  bool fits(const std::vector<Rgb>& wanted, Drawing& drawing) const {
    drawing.has_gaps = std::ranges::find(drawing.drawn, false) != drawing.drawn.end();
    drawing.places = places_max - (drawing.has_gaps ? 1 : 0);
    return count_colours(drawn_colours(wanted, drawing, false), drawing.places) <= drawing.places;
  }

  Drawing drawing_of(const std::vector<Rgb>& wanted) const {
    bool clears = false;
    for (size_t at = 0; at < wanted.size(); ++at) {
      clears |= wanted[at] == nothing && shown_[at] != nothing;
    }
    Drawing drawing = clears ? everything(wanted) : changes(wanted, false);
    bool fit = fits(wanted, drawing);
    if (!fit && !clears) {
      Drawing whole = everything(wanted);
      if ((fit = fits(wanted, whole))) drawing = std::move(whole);
    }
    // What cannot be exact: then at least nothing is drawn that was approximated before.
    if (!fit && !clears) {
      drawing = changes(wanted, true);
      fits(wanted, drawing);
    }
    drawing.clears = clears;
    return drawing;
  }

  Status draw(const std::vector<Rgb>& wanted, const Drawing& drawing, uint16_t delay) {
    std::vector<Rgb> exact = drawn_colours(wanted, drawing, false);
    std::vector<Rgb> approximate = drawn_colours(wanted, drawing, true);
    if (count_colours(exact, drawing.places) > drawing.places) {
      approximate.insert(approximate.end(), exact.begin(), exact.end());
      exact.clear();
    }
    const GifColours colours(std::move(exact), std::move(approximate), drawing.places);
    // Places there must be, even where nothing is drawn.
    const auto gap = static_cast<uint8_t>(colours.palette().size());
    std::vector<uint8_t> places(wanted.size(), gap);
    if (drawing.clears) std::ranges::fill(shown_, nothing);
    for (size_t at = 0; at < wanted.size(); ++at) {
      if (!drawing.drawn[at]) continue;
      places[at] = colours.place_of(wanted[at]);
      shown_[at] = colours.palette()[places[at]];
    }
    return add(colours.palette(), drawing, places, delay);
  }

  Status add(const std::vector<Rgb>& colours, const Drawing& drawing, std::vector<uint8_t>& places,
             uint16_t delay) {
    std::vector<uint8_t> palette;
    for (const Rgb colour : colours) {
      for (const int shift : {16, 8, 0}) palette.push_back(static_cast<uint8_t>(colour >> shift));
    }
    if (drawing.has_gaps) palette.insert(palette.end(), 3, uint8_t{0});
    CGIF_FrameConfig frame{};
    frame.pLocalPalette = palette.data();
    frame.numLocalPaletteEntries = static_cast<uint16_t>(palette.size() / 3);
    frame.pImageData = places.data();
    frame.delay = delay;
    frame.attrFlags = CGIF_FRAME_ATTR_USE_LOCAL_TABLE;
    if (drawing.has_gaps) {
      frame.transIndex = static_cast<uint8_t>(colours.size());
      // cgif clears before a picture of the first kind, and leaves standing before the second.
      frame.attrFlags |= drawing.clears ? CGIF_FRAME_ATTR_HAS_ALPHA : CGIF_FRAME_ATTR_HAS_SET_TRANS;
    }
    return cgif_addframe(gif_, &frame) == CGIF_OK && file_.status ? Status() : failed();
  }

  void count_approximated(const std::vector<Rgb>& wanted) {
    bool differs = false;
    for (size_t at = 0; at < wanted.size(); ++at) {
      differs |= !hide_map_[at] && shown_[at] != wanted[at];
    }
    approximated_ += differs;
  }

  Size size_;
  File file_;
  CGIF* gif_ = nullptr;
  Delays delays_;
  std::vector<Rgb> shown_, wanted_;  // What a player shows now, and what it should.
  std::vector<bool> hide_map_;       // Of the picture at hand.
  int64_t approximated_ = 0;
};

}  // namespace

Result<std::unique_ptr<PictureSink>> gif_sink(int descriptor, const AnimationInfo& like) {
  auto sink = std::make_unique<GifSink>(descriptor, like);
  if (sink->is_open()) return sink;
  return fail(Error::Kind::io, "The output cannot be written ({0}).", {"cgif"});
}

}  // namespace faceveil
