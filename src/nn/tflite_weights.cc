#include "nn/tflite_weights.h"

#include <cstring>
#include <optional>
#include <span>

#include "base/limits.h"
#include "nn/half.h"
#include "nn/tflite_subset_generated.h"

namespace faceveil::nn {
namespace {

// The weights of one tensor: as many as a float16 file of the largest size could hold. Sparse
// weights could otherwise ask for any amount of memory from a small file.
constexpr int64_t weights_max = limits::model_bytes_max / 2;

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The model file is damaged: its weights are not complete.");
}

// Absent when the tensor has no constant data.
std::span<const uint8_t> stored_bytes(const tflite::Model& model, const tflite::Tensor& tensor) {
  if (!model.buffers() || tensor.buffer() >= model.buffers()->size()) return {};
  const auto* data = model.buffers()->Get(tensor.buffer())->data();
  return data ? std::span<const uint8_t>(data->data(), data->size()) : std::span<const uint8_t>();
}

// The product of the dimensions; absent when one is not positive or the product is over the limit.
std::optional<int64_t> value_count(const tflite::Tensor& tensor) {
  if (!tensor.shape()) return std::nullopt;
  int64_t count = 1;
  for (const int32_t dimension : *tensor.shape()) {
    if (dimension < 1 || dimension > weights_max || count * dimension > weights_max) {
      return std::nullopt;
    }
    count *= dimension;
  }
  return count;
}

template <typename Stored>
Stored stored_at(std::span<const uint8_t> bytes, size_t index) {
  Stored value;
  std::memcpy(&value, bytes.data() + index * sizeof(Stored), sizeof(Stored));
  return value;
}

// All stored numbers as float32.
Result<std::vector<float>> to_floats(std::span<const uint8_t> bytes, tflite::TensorType type) {
  if (type == tflite::TensorType::FLOAT32) {
    std::vector<float> values(bytes.size() / sizeof(float));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
  }
  if (type != tflite::TensorType::FLOAT16) {
    return fail(Error::Kind::unsupported,
                "The model's weights are not floating-point numbers, which FaceVeil needs.");
  }
  std::vector<float> values(bytes.size() / sizeof(uint16_t));
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = half_to_float(stored_at<uint16_t>(bytes, i));
  return values;
}

template <typename Vector>
std::vector<int64_t> widened(const Vector* vector) {
  if (!vector || !vector->values()) return {};
  return {vector->values()->begin(), vector->values()->end()};
}

std::vector<int64_t> index_list(tflite::IndexVector type, const void* vector) {
  switch (type) {
    case tflite::IndexVector::Int32Vector:
      return widened(static_cast<const tflite::Int32Vector*>(vector));
    case tflite::IndexVector::Uint16Vector:
      return widened(static_cast<const tflite::Uint16Vector*>(vector));
    case tflite::IndexVector::Uint8Vector:
      return widened(static_cast<const tflite::Uint8Vector*>(vector));
    default:
      return {};
  }
}

// Rows of a matrix of which only the non-zero numbers are stored (compressed sparse rows):
// columns[segments[r] .. segments[r + 1]) are the places of row r's numbers.
struct SparseRows {
  int64_t row_length = 0;
  std::vector<int64_t> segments, columns;
};

// Only the one layout that occurs: dimensions in their own order, no blocks, all dense but the
// last.
Result<SparseRows> sparse_rows(const tflite::Tensor& tensor) {
  const tflite::Sparsity& sparsity = *tensor.sparsity();
  const auto* dimensions = sparsity.dimensions();
  const size_t rank = tensor.shape()->size();
  const auto unsupported = fail(Error::Kind::unsupported,
                                "The model's sparse weights are laid out in a way that FaceVeil "
                                "does not know.");
  if (!dimensions || rank == 0 || dimensions->size() != rank || !sparsity.traversal_order() ||
      sparsity.traversal_order()->size() != rank ||
      (sparsity.block_map() && sparsity.block_map()->size() > 0)) {
    return unsupported;
  }
  for (uint32_t i = 0; i < rank; ++i) {
    const auto wanted =
        i + 1 == rank ? tflite::DimensionType::SPARSE_CSR : tflite::DimensionType::DENSE;
    if (dimensions->Get(i)->format() != wanted ||
        sparsity.traversal_order()->Get(i) != static_cast<int32_t>(i)) {
      return unsupported;
    }
  }
  const uint32_t last_index = static_cast<uint32_t>(rank - 1);
  const tflite::Dimension& last = *dimensions->Get(last_index);
  return SparseRows{tensor.shape()->Get(last_index),
                    index_list(last.segments_type(), last.segments()),
                    index_list(last.indices_type(), last.indices())};
}

Result<std::vector<float>> densify(const SparseRows& rows, const std::vector<float>& stored,
                                   int64_t count) {
  const int64_t row_count = count / rows.row_length;
  const auto stored_count = static_cast<int64_t>(stored.size());
  if (static_cast<int64_t>(rows.segments.size()) != row_count + 1 || rows.segments.front() != 0 ||
      rows.segments.back() != stored_count ||
      static_cast<int64_t>(rows.columns.size()) != stored_count) {
    return damaged();
  }
  std::vector<float> dense(static_cast<size_t>(count), 0.0f);
  for (int64_t row = 0; row < row_count; ++row) {
    const int64_t begin = rows.segments[row], end = rows.segments[row + 1];
    if (begin < 0 || end < begin || end > stored_count) return damaged();
    for (int64_t i = begin; i < end; ++i) {
      if (rows.columns[i] < 0 || rows.columns[i] >= rows.row_length) return damaged();
      dense[row * rows.row_length + rows.columns[i]] = stored[i];
    }
  }
  return dense;
}

}  // namespace

Result<std::vector<float>> read_weights(const tflite::Model& model, const tflite::Tensor& tensor) {
  const std::optional<int64_t> count = value_count(tensor);
  if (!count) return damaged();
  std::vector<float> stored = TRY(to_floats(stored_bytes(model, tensor), tensor.type()));
  if (tensor.sparsity()) {
    const SparseRows rows = TRY(sparse_rows(tensor));
    return densify(rows, stored, *count);
  }
  if (static_cast<int64_t>(stored.size()) != *count) return damaged();
  return stored;
}

Result<std::vector<int32_t>> read_integers(const tflite::Model& model,
                                           const tflite::Tensor& tensor) {
  const std::span<const uint8_t> bytes = stored_bytes(model, tensor);
  if (tensor.type() != tflite::TensorType::INT32 || bytes.empty()) return damaged();
  std::vector<int32_t> values(bytes.size() / sizeof(int32_t));
  for (size_t i = 0; i < values.size(); ++i) values[i] = stored_at<int32_t>(bytes, i);
  return values;
}

}  // namespace faceveil::nn
