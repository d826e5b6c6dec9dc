#include "nn/onnx_weights.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <bit>
#include <cstring>

#include "base/limits.h"
#include "nn/onnx_subset.pb.h"

namespace faceveil::nn {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// TensorProto.DataType.
constexpr int32_t float32_type = 1;

tl::unexpected<Error> damaged() {
  return fail(Error::Kind::bad_input, "The model file is damaged: its weights are not complete.");
}

// The product of the dimensions; absent when one is not positive or the product is over the limit.
std::optional<int64_t> value_count(const onnx::Tensor& tensor) {
  constexpr int64_t max = limits::model_bytes_max / static_cast<int64_t>(sizeof(float));
  int64_t count = 1;
  for (const int64_t dimension : tensor.dims()) {
    if (dimension < 1 || dimension > max || count * dimension > max) return std::nullopt;
    count *= dimension;
  }
  return count;
}

// Where the weights lie: field 7 of the model (its graph), 5 of that (a constant), 9 (raw bytes) or
// 4 (a list of float32) of that.
constexpr int depth_max = 2;
bool leads_to_weights(int field, int depth) {
  switch (depth) {
    case 0:
      return field == onnx::Model::kGraphFieldNumber;
    case 1:
      return field == onnx::Graph::kInitializerFieldNumber;
    default:
      return field == onnx::Tensor::kRawDataFieldNumber ||
             field == onnx::Tensor::kFloatDataFieldNumber;
  }
}

// The weights' bytes in the message that the stream is at, up to its end.
std::optional<int64_t> weight_bytes(CodedInputStream& in, int depth) {
  int64_t sum = 0;
  while (const uint32_t tag = in.ReadTag()) {
    const bool has_length =
        WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    if (!has_length || !leads_to_weights(WireFormatLite::GetTagFieldNumber(tag), depth)) {
      if (!WireFormatLite::SkipField(&in, tag)) return std::nullopt;
      continue;
    }
    int length = 0;
    if (!in.ReadVarintSizeAsInt(&length)) return std::nullopt;
    if (depth == depth_max) {
      if (!in.Skip(length)) return std::nullopt;
      sum += length;
      continue;
    }
    const CodedInputStream::Limit outer = in.PushLimit(length);
    const std::optional<int64_t> inner = weight_bytes(in, depth + 1);
    if (!inner || in.BytesUntilLimit() != 0) return std::nullopt;
    in.PopLimit(outer);
    sum += *inner;
  }
  return in.ConsumedEntireMessage() ? std::optional(sum) : std::nullopt;
}

}  // namespace

Result<OnnxWeights> read_weights(const onnx::Tensor& tensor) {
  static_assert(std::endian::native == std::endian::little, "as in the file");
  if (tensor.data_type() != float32_type) {
    return fail(Error::Kind::unsupported,
                "The model's weights are not floating-point numbers, which FaceVeil needs.");
  }
  const std::optional<int64_t> count = value_count(tensor);
  if (!count) return damaged();
  OnnxWeights weights{{tensor.dims().begin(), tensor.dims().end()}, {}};
  const std::string& raw = tensor.raw_data();
  if (raw.size() == static_cast<size_t>(*count) * sizeof(float)) {
    weights.values.resize(static_cast<size_t>(*count));
    std::memcpy(weights.values.data(), raw.data(), raw.size());
  } else if (raw.empty() && tensor.float_data_size() == *count) {
    weights.values.assign(tensor.float_data().begin(), tensor.float_data().end());
  } else {
    return damaged();
  }
  return weights;
}

std::optional<int64_t> weight_bytes(BytesView file) {
  if (file.size() > static_cast<size_t>(limits::model_bytes_max)) return std::nullopt;
  CodedInputStream in(as_u8(file), static_cast<int>(file.size()));
  return weight_bytes(in, 0);
}

}  // namespace faceveil::nn
