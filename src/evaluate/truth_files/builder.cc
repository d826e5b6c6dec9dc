#include "evaluate/truth_files/builder.h"

#include <cmath>
#include <filesystem>
#include <utility>

#include "base/limits.h"

namespace faceveil {
namespace {

// Every step goes down: the name of a picture must not reach files outside the folder.
bool stays_inside(std::string_view name) {
  const std::filesystem::path path(name);
  if (path.empty() || path.is_absolute() || name.find('\0') != std::string_view::npos) return false;
  for (const std::filesystem::path& part : path) {
    if (part == "..") return false;
  }
  return true;
}

// A label may reach over the border, but not into the absurd.
bool is_sensible(const Rect& box) {
  const float far = 4.0f * limits::side_pixels_max;
  return std::abs(box.x) <= far && std::abs(box.y) <= far && box.width >= 0 && box.width <= far &&
         box.height >= 0 && box.height <= far;
}

}  // namespace

Result<LabelledPicture*> TruthBuilder::picture(std::string_view name) {
  const auto [place, is_new] = places_.emplace(name, truth_.pictures.size());
  if (!is_new) return &truth_.pictures[place->second];
  if (!stays_inside(name)) {
    return lines_.wrong("A picture's name must not be empty or lead out of the folder.");
  }
  LabelledPicture picture;
  picture.name = name;
  picture.line = lines_.number();
  truth_.pictures.push_back(std::move(picture));
  return &truth_.pictures.back();
}

Status TruthBuilder::add_face(LabelledPicture& picture, const LabelledFace& face) {
  if (!is_sensible(face.box)) {
    return lines_.wrong("The box must be finite, with a width and height above zero.");
  }
  if (++face_count_ > limits::truth_faces_max) {
    return fail(Error::Kind::over_limit, "There are more than {0} labelled faces.",
                {std::to_string(limits::truth_faces_max)});
  }
  picture.faces.push_back(face);
  return {};
}

Result<Truth> TruthBuilder::finish() {
  if (truth_.pictures.empty()) {
    return fail(Error::Kind::bad_input, "The truth file names no picture.");
  }
  return std::move(truth_);
}

}  // namespace faceveil
