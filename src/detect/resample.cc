#include "detect/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/check.h"
#include "base/thread_pool.h"

namespace faceveil {
namespace {

// Sums of rows must fit 16 bits, sums of those 32.
constexpr uint32_t row_weight_sum = 1U << 8, fine_weight_sum = 1U << 16;
// Roundings of weights add up: where a new pixel is made from more rows, their weights are finer.
constexpr double coarse_rows_max = 8;
// What a new pixel must cover, each way, of the half that it is made from.
constexpr double footprint_min_px = 2;

// Where one new row or column comes from: old ones from `first`, with a weight for each.
struct Taps {
  int first = 0;
  std::vector<uint32_t> weights;
};

// Shares of any positive sum to weights of sum `weight_sum`; what rounding leaves over goes where
// it is missed most.
std::vector<uint32_t> quantised(std::span<const double> shares, uint32_t weight_sum) {
  double sum = 0, before = 0;
  for (const double share : shares) sum += share;
  std::vector<uint32_t> weights;
  uint32_t given = 0;
  for (const double share : shares) {
    before += share;
    const auto until = static_cast<uint32_t>(std::lround(before / sum * weight_sum));
    weights.push_back(until - given);
    given = until;
  }
  return weights;
}

// How much of the old pixels `first` to `last` lies between `begin` and `end`.
std::vector<double> area_shares(double begin, double end, int first, int last) {
  if (first == last) return {1.0};
  std::vector<double> shares;
  for (int i = first; i <= last; ++i) {
    shares.push_back(
        std::max(std::min(end, i + 1.0) - std::max(begin, static_cast<double>(i)), 0.0));
  }
  return shares;
}

// The old pixels under new pixel `index`, each `scale` old pixels wide, of `extent` old ones.
Taps area_taps(int index, double scale, int extent, uint32_t weight_sum) {
  const double begin = index * scale, end = begin + scale;
  const int first = std::min(static_cast<int>(begin), extent - 1);
  const int last = std::clamp(static_cast<int>(std::ceil(end)) - 1, first, extent - 1);
  return {first, quantised(area_shares(begin, end, first, last), weight_sum)};
}

Taps bilinear_taps(int index, double scale, int extent, uint32_t weight_sum) {
  const double place = (index + 0.5) * scale - 0.5;
  const double before = std::floor(place);
  const int first = std::clamp(static_cast<int>(before), 0, extent - 1);
  if (place < 0 || first + 1 >= extent) return {first, {weight_sum}};
  const double share = place - before;
  if (share == 0) return {first, {weight_sum}};
  return {first, quantised(std::array{1 - share, share}, weight_sum)};
}

// For new pixels [begin, begin + count), each `scale` old pixels wide.
std::vector<Taps> taps_for(int begin, int count, double scale, int extent, uint32_t weight_sum) {
  std::vector<Taps> taps;
  taps.reserve(static_cast<size_t>(count));
  for (int i = begin; i < begin + count; ++i) {
    taps.push_back(scale > 1 ? area_taps(i, scale, extent, weight_sum)
                             : bilinear_taps(i, scale, extent, weight_sum));
  }
  return taps;
}

// Old rows as 8-bit RGB, between two columns.
class Rows {
 public:
  Rows(const Image& picture, int begin, int end) : picture_(picture), begin_(begin), end_(end) {
    if (picture.format() != PixelFormat::rgb8) {
      converted_.resize(static_cast<size_t>(end - begin) * rgb_channels);
    }
  }

  size_t sample_count() const { return static_cast<size_t>(end_ - begin_) * rgb_channels; }

  // Valid until the next call.
  const uint8_t* at(int y) {
    if (converted_.empty()) return picture_.row<uint8_t>(y) + ptrdiff_t{begin_} * rgb_channels;
    if (bytes_per_sample(picture_.format()) == 1) {
      convert(picture_.row<uint8_t>(y), [](uint8_t v) { return v; });
    } else {
      convert(picture_.row<uint16_t>(y),
              [](uint16_t v) { return static_cast<uint8_t>((v + 128) / 257); });
    }
    return converted_.data();
  }

 private:
  template <typename Sample, typename Narrow>
  void convert(const Sample* row, const Narrow& narrow) {
    const int channels = picture_.channels();
    const int green = channels >= rgb_channels ? 1 : 0;
    const Sample* pixel = row + ptrdiff_t{begin_} * channels;
    uint8_t* out = converted_.data();
    for (int x = begin_; x < end_; ++x, pixel += channels, out += rgb_channels) {
      out[0] = narrow(pixel[0]);
      out[1] = narrow(pixel[green]);
      out[2] = narrow(pixel[ptrdiff_t{2} * green]);
    }
  }

  const Image& picture_;
  int begin_, end_;
  std::vector<uint8_t> converted_;
};

// `row_weight_sum` times the mean of old rows, of which there are few.
void sum_few_rows(Rows& rows, const Taps& taps, std::span<uint16_t> sums) {
  std::ranges::fill(sums, uint16_t{0});
  for (size_t t = 0; t < taps.weights.size(); ++t) {
    const uint8_t* row = rows.at(taps.first + static_cast<int>(t));
    const auto weight = static_cast<uint16_t>(taps.weights[t]);
    for (size_t i = 0; i < sums.size(); ++i) {
      sums[i] = static_cast<uint16_t>(sums[i] + row[i] * weight);
    }
  }
}

// The same of any number of rows, whose weights are of sum `fine_weight_sum`.
void sum_many_rows(Rows& rows, const Taps& taps, std::span<uint16_t> sums) {
  constexpr uint32_t share = fine_weight_sum / row_weight_sum;
  std::vector<uint32_t> fine(sums.size(), share / 2);
  for (size_t t = 0; t < taps.weights.size(); ++t) {
    const uint8_t* row = rows.at(taps.first + static_cast<int>(t));
    for (size_t i = 0; i < fine.size(); ++i) fine[i] += row[i] * taps.weights[t];
  }
  std::ranges::transform(fine, sums.begin(),
                         [](uint32_t sum) { return static_cast<uint16_t>(sum / share); });
}

// The columns of all new rows: their taps one after another, as the inner loop wants them.
class Columns {
 public:
  Columns(const std::vector<Taps>& taps, int offset) {
    for (const Taps& t : taps) {
      firsts_.push_back(ptrdiff_t{t.first - offset} * rgb_channels);
      counts_.push_back(static_cast<int>(t.weights.size()));
      weights_.insert(weights_.end(), t.weights.begin(), t.weights.end());
    }
  }

  void apply(const uint16_t* sums, uint8_t* out) const {
    constexpr uint32_t half = row_weight_sum * fine_weight_sum / 2;
    const uint32_t* weight = weights_.data();
    for (size_t x = 0; x < firsts_.size(); ++x, out += rgb_channels) {
      const uint16_t* sum = sums + firsts_[x];
      uint32_t red = half, green = half, blue = half;
      for (int t = 0; t < counts_[x]; ++t, sum += rgb_channels, ++weight) {
        red += sum[0] * *weight;
        green += sum[1] * *weight;
        blue += sum[2] * *weight;
      }
      out[0] = static_cast<uint8_t>(red >> 24);
      out[1] = static_cast<uint8_t>(green >> 24);
      out[2] = static_cast<uint8_t>(blue >> 24);
    }
  }

 private:
  std::vector<ptrdiff_t> firsts_;
  std::vector<int> counts_;
  std::vector<uint32_t> weights_;
};

int end_of(const Taps& taps) { return taps.first + static_cast<int>(taps.weights.size()); }

// A picture at another size: one new pixel is `scale_x` x `scale_y` old ones. Where these are more
// than the picture has, its border is repeated.
class Resampling {
 public:
  Resampling(const Image& picture, double scale_x, double scale_y, const Part& part)
      : picture_(picture),
        rows_are_few_(scale_y <= coarse_rows_max),
        across_(taps_for(part.x, part.size.width, scale_x, picture.size().width, fine_weight_sum)),
        down_(taps_for(part.y, part.size.height, scale_y, picture.size().height,
                       rows_are_few_ ? row_weight_sum : fine_weight_sum)),
        begin_(across_.front().first),
        columns_(across_, begin_) {}

  // Rows [row_begin, row_end) of `result`, which is rgb8 of the part's size.
  void fill(Image& result, int row_begin, int row_end) const {
    Rows rows(picture_, begin_, end_of(across_.back()));
    std::vector<uint16_t> sums(rows.sample_count());
    for (int y = row_begin; y < row_end; ++y) {
      const Taps& taps = down_[static_cast<size_t>(y)];
      rows_are_few_ ? sum_few_rows(rows, taps, sums) : sum_many_rows(rows, taps, sums);
      columns_.apply(sums.data(), result.row<uint8_t>(y));
    }
  }

 private:
  const Image& picture_;
  bool rows_are_few_;
  std::vector<Taps> across_, down_;
  int begin_;
  Columns columns_;
};

Result<Image> make(const Image& picture, double scale_x, double scale_y, const Part& part) {
  Image result = TRY(Image::create(PixelFormat::rgb8, part.size));
  Resampling(picture, scale_x, scale_y, part).fill(result, 0, part.size.height);
  return result;
}

void check(Size old, Size size, const Part& part) {
  CHECK(old.width > 0 && old.height > 0);
  CHECK(part.x >= 0 && part.y >= 0 && part.size.width > 0 && part.size.height > 0 &&
        part.right() <= size.width && part.bottom() <= size.height);
}

int half_of(int side) { return (side + 1) / 2; }

// The most frequent resampling, with nothing but sums: each new pixel is the rounded mean of four,
// which is what Resampling makes of them.
class Halving {
 public:
  explicit Halving(const Image& picture) : picture_(picture) {}

  // As Resampling::fill, of all columns.
  void fill(Image& result, int row_begin, int row_end) const {
    const int width = picture_.size().width, height = picture_.size().height;
    Rows upper_rows(picture_, 0, width), lower_rows(picture_, 0, width);
    std::vector<uint16_t> sums(upper_rows.sample_count());
    for (int y = row_begin; y < row_end; ++y) {
      const uint8_t* upper = upper_rows.at(2 * y);
      const uint8_t* lower = lower_rows.at(std::min(2 * y + 1, height - 1));
      for (size_t i = 0; i < sums.size(); ++i) {
        sums[i] = static_cast<uint16_t>(upper[i] + lower[i]);
      }
      join_columns(sums, result.row<uint8_t>(y));
    }
  }

 private:
  static void join_columns(const std::vector<uint16_t>& sums, uint8_t* out) {
    const size_t pairs = sums.size() / (2 * size_t{rgb_channels});
    const uint16_t* sum = sums.data();
    for (size_t x = 0; x < pairs; ++x, sum += ptrdiff_t{2} * rgb_channels, out += rgb_channels) {
      out[0] = static_cast<uint8_t>((sum[0] + sum[3] + 2) / 4);
      out[1] = static_cast<uint8_t>((sum[1] + sum[4] + 2) / 4);
      out[2] = static_cast<uint8_t>((sum[2] + sum[5] + 2) / 4);
    }
    if (sums.size() % (2 * size_t{rgb_channels}) == 0) return;
    for (int c = 0; c < rgb_channels; ++c) out[c] = static_cast<uint8_t>((2 * sum[c] + 2) / 4);
  }

  const Image& picture_;
};

Result<Image> half_of(const Image& picture, int thread_count) {
  constexpr int band_rows = 64;
  const Size size{half_of(picture.size().width), half_of(picture.size().height)};
  Image half = TRY(Image::create(PixelFormat::rgb8, size));
  const Halving halving(picture);
  const auto bands = static_cast<size_t>((size.height + band_rows - 1) / band_rows);
  parallel_for(bands, thread_count, [&](size_t band) {
    const int begin = static_cast<int>(band) * band_rows;
    halving.fill(half, begin, std::min(begin + band_rows, size.height));
  });
  return half;
}

// Old pixels that one new pixel covers, after `halvings`.
double footprint(int old, int size, size_t halvings) {
  return std::ldexp(static_cast<double>(old) / size, -static_cast<int>(halvings));
}

// How often to halve, at most `halvings_max` times.
size_t halvings_for(Size old, Size size, size_t halvings_max) {
  const auto serves = [](double px) { return px >= footprint_min_px || px == 1; };
  for (size_t n = halvings_max; n > 0; --n) {
    if (serves(footprint(old.width, size.width, n)) &&
        serves(footprint(old.height, size.height, n))) {
      return n;
    }
  }
  return 0;
}

}  // namespace

Result<Image> resample(const Image& picture, Size size, const Part& part) {
  const Size old = picture.size();
  check(old, size, part);
  return make(picture, footprint(old.width, size.width, 0), footprint(old.height, size.height, 0),
              part);
}

Result<Image> resample(const Image& picture, Size size) {
  return resample(picture, size, {0, 0, size});
}

Result<Halvings> Halvings::create(const Image& picture, Size smallest, int thread_count) {
  constexpr size_t halvings_max = 16;  // To one pixel, whatever the picture.
  Halvings result(picture);
  const size_t count = halvings_for(picture.size(), smallest, halvings_max);
  for (size_t i = 0; i < count; ++i) {
    const Image& before = i == 0 ? picture : result.halves_.back();
    Image half = TRY(half_of(before, thread_count));
    result.halves_.push_back(std::move(half));
  }
  return result;
}

Result<Image> Halvings::resample(Size size, const Part& part) const {
  const Size old = picture_->size();
  check(old, size, part);
  const size_t n = halvings_for(old, size, halves_.size());
  return make(n == 0 ? *picture_ : halves_[n - 1], footprint(old.width, size.width, n),
              footprint(old.height, size.height, n), part);
}

}  // namespace faceveil
