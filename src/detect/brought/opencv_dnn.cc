#include "detect/brought/opencv_dnn.h"

#include <algorithm>
#include <mutex>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

namespace faceveil::brought {
namespace {

// Networks kept for the next run; each has its own working memory.
constexpr size_t idle_networks_max = 4;

struct Loaded {
  cv::dnn::Net net;
  Size prepared;  // The size of its last run: another one costs some milliseconds.
};

// OpenCV's reports on standard error are for its developers; ours go through Result.
void silence_opencv() {
  static std::once_flag once;
  std::call_once(once,
                 [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

// Runs `work`; an exception of the library becomes an error with `sentence`, {0} its own words.
template <typename Work>
auto at_the_wall(const char* sentence, const Work& work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const cv::Exception& exception) {
    return fail(Error::Kind::bad_input, sentence, {exception.err});
  } catch (const std::exception& exception) {
    return fail(Error::Kind::bad_input, sentence, {exception.what()});
  }
}

std::unique_ptr<Loaded> load(BytesView onnx) {
  auto loaded = std::make_unique<Loaded>();
  loaded->net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(onnx.data()), onnx.size());
  loaded->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  loaded->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  return loaded;
}

DnnTensor copy_of(const cv::Mat& blob) {
  CV_Assert(blob.type() == CV_32F && blob.isContinuous());
  DnnTensor tensor;
  tensor.dims.assign(blob.size.p, blob.size.p + blob.dims);
  tensor.values.assign(blob.ptr<float>(), blob.ptr<float>() + blob.total());
  return tensor;
}

cv::dnn::MatShape input_shape(Size size) { return {1, 3, size.height, size.width}; }

std::vector<DnnTensor> run_once(Loaded& loaded, std::span<const float> samples, Size size,
                                const std::vector<std::string>& output_names) {
  // OpenCV does not write to its input.
  loaded.net.setInput(cv::Mat(input_shape(size), CV_32F, const_cast<float*>(samples.data())));
  std::vector<cv::Mat> blobs;
  loaded.net.forward(blobs, std::vector<cv::String>(output_names.begin(), output_names.end()));
  loaded.prepared = size;
  std::vector<DnnTensor> results;
  results.reserve(blobs.size());
  for (const cv::Mat& blob : blobs) results.push_back(copy_of(blob));
  return results;
}

// Of each convolution: numbers in its result times weights that make one of them.
double count_operations(cv::dnn::Net& net, Size size) {
  std::vector<int> layers;
  std::vector<std::vector<cv::dnn::MatShape>> inputs, outputs;
  net.getLayersShapes(input_shape(size), layers, inputs, outputs);
  double operations = 0;
  for (size_t i = 0; i < layers.size(); ++i) {
    const cv::Ptr<cv::dnn::Layer> layer = net.getLayer(layers[i]);
    if (layer->type != "Convolution" || layer->blobs.empty() || outputs[i].empty()) continue;
    const cv::Mat& weights = layer->blobs[0];
    const double weights_per_result = static_cast<double>(weights.total()) / weights.size[0];
    double results = 1;
    for (const int side : outputs[i][0]) results *= side;
    operations += 2 * results * weights_per_result;
  }
  return operations;
}

}  // namespace

struct DnnNetwork::State {
  Bytes onnx;
  std::vector<std::string> output_names;
  std::mutex mutex;
  std::vector<std::unique_ptr<Loaded>> idle;

  // An idle network, one prepared for this size first; null when there is none.
  std::unique_ptr<Loaded> take_idle(Size size) {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    auto chosen = std::find_if(idle.begin(), idle.end(),
                               [&](const auto& loaded) { return loaded->prepared == size; });
    if (chosen == idle.end()) chosen = idle.begin();
    std::unique_ptr<Loaded> taken = std::move(*chosen);
    idle.erase(chosen);
    return taken;
  }

  Result<std::unique_ptr<Loaded>> take(Size size) {
    if (std::unique_ptr<Loaded> taken = take_idle(size)) return taken;
    return at_the_wall("OpenCV cannot read this model ({0}).", [&] { return load(onnx); });
  }

  void give_back(std::unique_ptr<Loaded> loaded) {
    const std::lock_guard lock(mutex);
    if (idle.size() < idle_networks_max) idle.push_back(std::move(loaded));
  }
};

DnnNetwork::DnnNetwork(std::unique_ptr<State> state) : state_(std::move(state)) {}
DnnNetwork::DnnNetwork(DnnNetwork&&) noexcept = default;
DnnNetwork::~DnnNetwork() = default;

Result<DnnNetwork> DnnNetwork::open(Bytes onnx, std::vector<std::string> output_names) {
  silence_opencv();
  auto state = std::make_unique<State>();
  state->onnx = std::move(onnx);
  state->output_names = std::move(output_names);
  std::unique_ptr<Loaded> first = TRY(state->take({}));
  state->give_back(std::move(first));
  return DnnNetwork(std::move(state));
}

Result<std::vector<DnnTensor>> DnnNetwork::run(std::span<const float> samples, Size size) const {
  std::unique_ptr<Loaded> loaded = TRY(state_->take(size));
  // A network whose run failed is not given back: it may be left half prepared.
  std::vector<DnnTensor> results = TRY(at_the_wall("OpenCV cannot run this model ({0}).", [&] {
    return run_once(*loaded, samples, size, state_->output_names);
  }));
  state_->give_back(std::move(loaded));
  return results;
}

double DnnNetwork::gflop(Size size) const {
  Result<std::unique_ptr<Loaded>> loaded = state_->take(size);
  if (!loaded) return 0;
  const Result<double> operations = at_the_wall("OpenCV cannot run this model ({0}).", [&] {
    return count_operations((*loaded)->net, size);
  });
  if (!operations) return 0;
  state_->give_back(std::move(*loaded));
  return *operations / 1e9;
}

void set_opencv_threads(int count) { cv::setNumThreads(count); }

}  // namespace faceveil::brought
