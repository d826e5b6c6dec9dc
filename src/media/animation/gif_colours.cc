// Median cut (Heckbert 1982): the box of colours that matters most is halved at the median of its
// longest side, until there are as many boxes as places.
#include "media/animation/gif_colours.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace faceveil {
namespace {

struct Counted {
  Rgb colour = 0;
  int64_t count = 0;
};

int channel(Rgb colour, int index) { return static_cast<int>(colour >> (8 * index) & 0xff); }

std::vector<Counted> counted(std::vector<Rgb> colours) {
  std::ranges::sort(colours);
  std::vector<Counted> result;
  for (const Rgb colour : colours) {
    if (result.empty() || result.back().colour != colour) result.push_back({colour, 0});
    ++result.back().count;
  }
  return result;
}

struct Box {
  std::vector<Counted>::iterator begin, end;
  int64_t count = 0;
  int longest = 0, length = 0;  // Which channel, and from its least to its largest value.

  // 0 where it cannot be halved.
  int64_t weight() const { return count * length; }
};

Box box_of(std::vector<Counted>::iterator begin, std::vector<Counted>::iterator end) {
  Box box = {begin, end};
  std::array<int, 3> least = {255, 255, 255}, largest = {};
  for (auto at = begin; at != end; ++at) {
    box.count += at->count;
    for (size_t c = 0; c < 3; ++c) {
      least[c] = std::min(least[c], channel(at->colour, static_cast<int>(c)));
      largest[c] = std::max(largest[c], channel(at->colour, static_cast<int>(c)));
    }
  }
  for (size_t c = 0; c < 3; ++c) {
    if (largest[c] - least[c] <= box.length) continue;
    box.length = largest[c] - least[c];
    box.longest = static_cast<int>(c);
  }
  return box;
}

// The first colour of the second half; both have at least one.
std::vector<Counted>::iterator median_of(const Box& box) {
  std::sort(box.begin, box.end, [&](const Counted& a, const Counted& b) {
    const int of_a = channel(a.colour, box.longest), of_b = channel(b.colour, box.longest);
    return of_a != of_b ? of_a < of_b : a.colour < b.colour;
  });
  int64_t seen = 0;
  auto at = box.begin;
  while (at + 1 != box.end && seen + at->count <= box.count / 2) seen += (at++)->count;
  return std::max(at, box.begin + 1);
}

std::vector<Box> boxes_of(std::vector<Counted>& colours, size_t most) {
  std::vector<Box> boxes = {box_of(colours.begin(), colours.end())};
  while (boxes.size() < most) {
    const auto heaviest = std::ranges::max_element(boxes, {}, &Box::weight);
    if (heaviest->weight() == 0) break;
    const Box box = *heaviest;
    const auto median = median_of(box);
    *heaviest = box_of(box.begin, median);
    boxes.push_back(box_of(median, box.end));
  }
  return boxes;
}

Rgb mean_of(const Box& box) {
  Rgb mean = 0;
  for (int c = 0; c < 3; ++c) {
    int64_t sum = 0;
    for (auto at = box.begin; at != box.end; ++at) sum += at->count * channel(at->colour, c);
    mean |= static_cast<Rgb>((sum + box.count / 2) / box.count) << (8 * c);
  }
  return mean;
}

int distance(Rgb a, Rgb b) {
  int sum = 0;
  for (int c = 0; c < 3; ++c) {
    const int difference = channel(a, c) - channel(b, c);
    sum += difference * difference;
  }
  return sum;
}

}  // namespace

size_t count_colours(std::vector<Rgb> colours, size_t most) {
  std::ranges::sort(colours);
  size_t count = 0;
  for (size_t i = 0; i < colours.size() && count <= most; ++i) {
    count += i == 0 || colours[i] != colours[i - 1];
  }
  return count;
}

GifColours::GifColours(std::vector<Rgb> exact, std::vector<Rgb> approximate, size_t size_max) {
  for (const Counted& each : counted(std::move(exact))) {
    choices_.push_back({each.colour, static_cast<uint8_t>(palette_.size())});
    palette_.push_back(each.colour);
  }
  CHECK(palette_.size() <= size_max);
  std::vector<Counted> others = counted(std::move(approximate));
  std::erase_if(others, [&](const Counted& each) {
    return std::ranges::binary_search(palette_, each.colour);
  });
  if (others.empty()) return;
  const size_t own = palette_.size();
  std::vector<Box> boxes;
  if (own < size_max) boxes = boxes_of(others, size_max - own);
  for (const Box& box : boxes) palette_.push_back(mean_of(box));
  // An exact colour may be nearer than the box's own.
  for (const Counted& each : others) {
    const auto nearest = std::ranges::min_element(
        palette_, {}, [&](Rgb colour) { return distance(colour, each.colour); });
    choices_.push_back({each.colour, static_cast<uint8_t>(nearest - palette_.begin())});
  }
  std::ranges::sort(choices_, {}, &Choice::colour);
}

uint8_t GifColours::place_of(Rgb colour) const {
  const auto found = std::ranges::lower_bound(choices_, colour, {}, &Choice::colour);
  CHECK(found != choices_.end() && found->colour == colour);
  return found->place;
}

}  // namespace faceveil
