// ONNX networks run by OpenCV's dnn module, on the CPU. The only file that knows that module; its
// exceptions end here.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/geometry.h"
#include "base/result.h"

namespace faceveil::brought {

struct DnnTensor {
  std::vector<int> dims;
  std::vector<float> values;
};

// Const and free of visible state: a network of OpenCV may be run by one thread at a time only, so
// this keeps one for each thread that runs at the same moment. Results do not depend on how many
// threads OpenCV uses for one run: each number is computed by one thread, in one order.
class DnnNetwork {
 public:
  // Errors: bad_input, with OpenCV's own words.
  static Result<DnnNetwork> open(Bytes onnx, std::vector<std::string> output_names);

  DnnNetwork(DnnNetwork&&) noexcept;
  ~DnnNetwork();

  // `samples` are the input 1 x 3 x height x width. The results come in the order of
  // `output_names`. Errors: bad_input, where the graph does not take this size, in OpenCV's words.
  Result<std::vector<DnnTensor>> run(std::span<const float> samples, Size) const;

  // Billions of operations of the convolutions in one run at this size (a multiplication and its
  // addition count as two); 0 where OpenCV does not know. Net::getFLOPS counts a depthwise
  // convolution as if it were a full one, so its answer is not taken.
  double gflop(Size) const;

 private:
  struct State;
  explicit DnnNetwork(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

// Threads that OpenCV uses for one run, for the whole process; for benchmarks.
void set_opencv_threads(int count);

}  // namespace faceveil::brought
