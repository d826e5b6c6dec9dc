#include "detect/brought/brought_network.h"

#include <algorithm>
#include <numeric>

#include "detect/brought/tiles.h"

namespace faceveil::brought {
namespace {

int round_up(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

Status check_picture(const Image& picture) {
  if (picture.format() != PixelFormat::rgb8 || picture.size().width < 1 ||
      picture.size().height < 1) {
    return fail(Error::Kind::bad_input, "A face network looks at 8-bit RGB pictures only.");
  }
  return {};
}

// The tile's part of the picture as 1 x 3 x height x width; padding where the picture ends.
std::vector<float> samples_of(const Image& picture, const Tile& tile, Size size,
                              const PixelScaling& pixels) {
  const size_t plane = static_cast<size_t>(size.width) * static_cast<size_t>(size.height);
  std::vector<float> samples(3 * plane, (pixels.padding - pixels.mean) * pixels.scale);
  const int columns = std::min(size.width, picture.size().width - tile.x);
  const int rows = std::min(size.height, picture.size().height - tile.y);
  for (size_t channel = 0; channel < 3; ++channel) {
    const size_t source = pixels.blue_first ? 2 - channel : channel;
    for (int y = 0; y < rows; ++y) {
      const uint8_t* const from = picture.row<uint8_t>(tile.y + y) + ptrdiff_t{3} * tile.x + source;
      float* const to =
          &samples[channel * plane + static_cast<size_t>(y) * static_cast<size_t>(size.width)];
      for (int x = 0; x < columns; ++x)
        to[x] = (from[ptrdiff_t{3} * x] - pixels.mean) * pixels.scale;
    }
  }
  return samples;
}

bool lies_in(Point point, Size picture) {
  return point.x >= 0 && point.y >= 0 && point.x < static_cast<float>(picture.width) &&
         point.y < static_cast<float>(picture.height);
}

class BroughtNetwork final : public FaceNetwork {
 public:
  BroughtNetwork(const BroughtKind& kind, DnnNetwork network, InputRule rule)
      : kind_(kind), name_(kind.name), network_(std::move(network)), rule_(rule) {}

  const std::string& name() const override { return name_; }

  Result<std::vector<Candidate>> look(const Image& picture, float logit_min) const override {
    TRY(check_picture(picture));
    const Size size = tile_for(picture.size());
    std::vector<Candidate> found;
    for (const Tile& tile : lay_tiles(picture.size(), size)) {
      TRY(look_at(picture, tile, size, logit_min, found));
    }
    return found;
  }

  // What is said of an anchor comes from its tile, and the tiles lie on a grid.
  int reach_px() const override { return std::max(rule_.size.width, rule_.size.height); }
  int alignment_px() const override {
    return std::lcm(tile_step(rule_.size.width), tile_step(rule_.size.height));
  }

  double gflop(Size picture) const override {
    if (picture.width < 1 || picture.height < 1) return 0;
    const Size size = tile_for(picture);
    return static_cast<double>(lay_tiles(picture, size).size()) * network_.gflop(size);
  }

 private:
  Size tile_for(Size picture) const {
    if (rule_.fixed) return rule_.size;
    return {std::min(round_up(picture.width, kind_.side_multiple), rule_.size.width),
            std::min(round_up(picture.height, kind_.side_multiple), rule_.size.height)};
  }

  Status look_at(const Image& picture, const Tile& tile, Size size, float logit_min,
                 std::vector<Candidate>& found) const {
    const std::vector<DnnTensor> outputs =
        TRY(network_.run(samples_of(picture, tile, size, kind_.pixels), size));
    std::vector<Candidate> in_tile;
    TRY(kind_.decode(outputs, size, logit_min, in_tile));
    for (Candidate& candidate : in_tile) {
      candidate.box.x += static_cast<float>(tile.x);
      candidate.box.y += static_cast<float>(tile.y);
      candidate.anchor.x += static_cast<float>(tile.x);
      candidate.anchor.y += static_cast<float>(tile.y);
      if (!tile.owns(candidate.anchor) || !lies_in(candidate.anchor, picture.size())) continue;
      found.push_back(candidate);
    }
    return {};
  }

  const BroughtKind& kind_;
  std::string name_;
  DnnNetwork network_;
  InputRule rule_;
};

}  // namespace

std::unique_ptr<FaceNetwork> make_network(const BroughtKind& kind, DnnNetwork network,
                                          InputRule rule) {
  return std::make_unique<BroughtNetwork>(kind, std::move(network), rule);
}

Status probe(const BroughtKind& kind, const DnnNetwork& network, Size size) {
  const std::vector<float> grey(
      3 * static_cast<size_t>(size.width) * static_cast<size_t>(size.height), 0.0f);
  const std::vector<DnnTensor> outputs = TRY(network.run(grey, size));
  std::vector<Candidate> ignored;
  return kind.decode(outputs, size, 100.0f, ignored);
}

}  // namespace faceveil::brought
