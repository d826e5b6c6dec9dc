// What the tests of this room share: the model files and random pictures.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "nn/graph.h"

namespace faceveil::nn::test {

inline constexpr const char* full_range = "face_detection_full_range.tflite";
inline constexpr const char* full_range_sparse = "face_detection_full_range_sparse.tflite";
inline constexpr const char* short_range = "face_detection_short_range.tflite";
inline constexpr const char* ultra_light = "ultra_light_rfb_320.onnx";

// Where Ultra-Light is cut: classes and boxes, stride by stride.
inline std::vector<std::string> ultra_light_heads() {
  return {"classification_headers.0.2.weight", "regression_headers.0.2.weight",
          "classification_headers.1.2.weight", "regression_headers.1.2.weight",
          "classification_headers.2.2.weight", "regression_headers.2.2.weight",
          "classification_headers.3.weight",   "regression_headers.3.weight"};
}

// "full_range" of "face_detection_full_range.tflite": fit for the name of a test.
inline std::string network_name(const std::string& file) {
  const std::string prefix = "face_detection_";
  const std::string stem = file.starts_with(prefix) ? file.substr(prefix.size()) : file;
  return stem.substr(0, stem.find('.'));
}

inline std::filesystem::path model_file(const std::string& name) {
  const char* folder = std::getenv("FACEVEIL_MODEL_DIR");
  return std::filesystem::path(folder ? folder : "models") / name;
}

// Evenly spread in [-1, 1], the range of a normalised picture.
inline Tensor random_tensor(const Shape& shape, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> value(-1.0f, 1.0f);
  Tensor tensor{shape, std::vector<float>(static_cast<size_t>(shape.count()))};
  for (float& v : tensor.values) v = value(random);
  return tensor;
}

inline std::vector<float> random_values(int64_t count, uint32_t seed) {
  return random_tensor({1, 1, static_cast<int>(count)}, seed).values;
}

}  // namespace faceveil::nn::test
