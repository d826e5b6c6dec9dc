#include "nn/onnx_loader.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "base/files.h"
#include "base/limits.h"
#include "nn/model.h"
#include "nn/onnx_subset.pb.h"
#include "nn/reference_executor.h"
#include "nn/test_executors.h"
#include "nn/test_models.h"
#include "tests/support/shared_data.h"

namespace faceveil::nn {
namespace {

Bytes read_model(const std::filesystem::path& path) {
  auto bytes = read_file(path, limits::model_bytes_max);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().message();
  return bytes ? std::move(*bytes) : Bytes();
}

std::vector<Tensor> run(const Graph& graph, const Tensor& input) {
  auto outputs = run_reference(graph, input);
  EXPECT_TRUE(outputs.has_value()) << outputs.error().message();
  return outputs ? std::move(*outputs) : std::vector<Tensor>();
}

// A picture by rule, (0 .. 255 - 127) / 128: what the golden numbers below were made from.
Tensor ruled_picture(const Shape& shape) {
  Tensor picture{shape, {}};
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0; x < shape.width; ++x) {
      for (int c = 0; c < shape.channels; ++c) {
        const int value = (x * 7 + y * 13 + c * 29 + x * y % 31 + x / 40 * 50 + y / 30 * 90) % 256;
        picture.values.push_back(static_cast<float>(value - 127) / 128.0f);
      }
    }
  }
  return picture;
}

// What OpenCV 4.6's dnn module says of the same file and picture at 320 x 240, head by head, in our
// order (row, column, channel): number 7919 (j + 1) modulo the count, for j = 0 .. 9.
constexpr std::array<std::array<float, 10>, 8> golden = {{
    {-1.369324f, 1.329870f, -1.400499f, 1.452096f, -1.397291f, 1.405033f, -1.457278f, 1.395097f,
     -1.381168f, 1.377083f},
    {-0.238957f, 0.909961f, -0.455286f, -1.689650f, -1.086249f, -0.040020f, -0.171206f, -1.900885f,
     -3.793502f, -2.783244f},
    {-1.378181f, 1.266500f, -1.398176f, 1.370614f, -1.881840f, 1.338232f, -1.269575f, 1.407984f,
     -1.300126f, 2.149359f},
    {-0.662762f, -0.948111f, -0.655302f, -1.548121f, 0.207740f, -0.840674f, 1.788503f, -1.515603f,
     -0.407350f, -0.340290f},
    {-1.670559f, 1.653303f, -1.346806f, 1.428807f, -1.718059f, 1.652501f, -1.289850f, 1.560844f,
     -1.665512f, 1.604840f},
    {0.134984f, -0.456995f, 1.366268f, -0.490704f, 0.019538f, -0.770819f, -0.639581f, -0.244683f,
     0.226917f, -0.500846f},
    {-1.383952f, 1.378329f, -1.406816f, 1.400496f, -1.353170f, 1.356845f, -1.538970f, 1.534895f,
     -1.574438f, 1.560672f},
    {-0.648613f, -0.943745f, -0.672143f, -0.339498f, -0.470995f, -0.744672f, -0.364373f, -0.210435f,
     -0.650008f, -0.534449f},
}};

TEST(OnnxLoader, UltraLightSaysWhatItSaysInOpenCv) {
  const auto graph =
      load_onnx(read_model(test::model_file(test::ultra_light)), test::ultra_light_heads());
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  EXPECT_EQ(graph->input, (Shape{240, 320, 3}));
  const Tensor picture = ruled_picture(graph->input);
  for (const test::Executor& executor : test::executors()) {
    const auto heads = test::run(executor.create, *graph, picture, 1);
    ASSERT_EQ(heads.size(), golden.size());
    for (size_t i = 0; i < heads.size(); ++i) {
      for (size_t j = 0; j < golden[i].size(); ++j) {
        const size_t place = 7919 * (j + 1) % heads[i].values.size();
        EXPECT_NEAR(heads[i].values[place], golden[i][j], 2e-4f) << executor.name << " " << i;
      }
    }
  }
}

// The author's own file has the normalisations that the package's file has no more.
TEST(OnnxLoader, NormalisationsDisappearIntoTheConvolutions) {
  const auto author = SHARED_OR_SKIP("peers/version-RFB-320.onnx");
  const auto ours =
      load_onnx(read_model(test::model_file(test::ultra_light)), test::ultra_light_heads());
  const auto theirs = load_onnx(read_model(author), test::ultra_light_heads());
  ASSERT_TRUE(ours.has_value() && theirs.has_value());
  EXPECT_EQ(ours->nodes.size(), theirs->nodes.size());
  const Tensor picture = test::random_tensor({64, 128, 3}, 1);
  EXPECT_LE(test::largest_difference(run(*ours, picture), run(*theirs, picture)), 1e-4f);
}

// Builds a file from the messages that the loader reads.
class File {
 public:
  File(int channels, int height, int width) {
    auto* input = graph().add_input();
    input->set_name("input");
    auto* shape = input->mutable_type()->mutable_tensor_type()->mutable_shape();
    for (const int side : {1, channels, height, width}) shape->add_dim()->set_dim_value(side);
  }

  onnx::Graph& graph() { return *model_.mutable_graph(); }

  onnx::Node& node(const std::string& type, const std::vector<std::string>& inputs,
                   const std::string& output) {
    onnx::Node& node = *graph().add_node();
    node.set_op_type(type);
    for (const std::string& input : inputs) node.add_input(input);
    node.add_output(output);
    return node;
  }

  void constant(const std::string& name, const std::vector<int64_t>& dims,
                const std::vector<float>& values) {
    onnx::Tensor& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(1);
    for (const int64_t dim : dims) tensor.add_dims(dim);
    tensor.set_raw_data(values.data(), values.size() * sizeof(float));
  }

  void output(const std::string& name) { graph().add_output()->set_name(name); }

  Bytes bytes() const {
    const std::string text = model_.SerializeAsString();
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
  }

 private:
  onnx::Model model_;
};

void set(onnx::Node& node, const std::string& name, const std::vector<int64_t>& values) {
  onnx::Attribute& attribute = *node.add_attribute();
  attribute.set_name(name);
  for (const int64_t value : values) attribute.add_ints(value);
}

void set(onnx::Node& node, const std::string& name, int64_t value) {
  onnx::Attribute& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_i(value);
}

// A convolution as ONNX defines it, on planes: channel, row, column.
struct PlanarConvolution {
  int channels, outputs, groups;
  int kernel_height, kernel_width, stride_down, stride_across, dilation_down, dilation_across;
  int top, left, bottom, right;
  std::vector<float> filter, bias;

  float at(const Tensor& picture, int output, int y, int x) const {
    const int inputs = channels / groups, first = output / (outputs / groups) * inputs;
    double sum = bias[static_cast<size_t>(output)];
    for (int i = 0; i < inputs; ++i) {
      for (int ky = 0; ky < kernel_height; ++ky) {
        for (int kx = 0; kx < kernel_width; ++kx) {
          const int iy = y * stride_down + ky * dilation_down - top;
          const int ix = x * stride_across + kx * dilation_across - left;
          const Shape& s = picture.shape;
          if (iy < 0 || iy >= s.height || ix < 0 || ix >= s.width) continue;
          const int tap = ((output * inputs + i) * kernel_height + ky) * kernel_width + kx;
          sum += double{filter[static_cast<size_t>(tap)]} *
                 picture.values[static_cast<size_t>((iy * s.width + ix) * s.channels + first + i)];
        }
      }
    }
    return static_cast<float>(sum);
  }
};

PlanarConvolution convolution_by_lot(std::mt19937& random) {
  const auto lot = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  PlanarConvolution c{};
  c.channels = lot(1, 6), c.outputs = lot(1, 6), c.groups = 1;
  if (lot(0, 2) == 0) c.outputs = c.groups = c.channels;
  c.kernel_height = lot(1, 4), c.kernel_width = lot(1, 4);
  c.stride_down = lot(1, 3), c.stride_across = lot(1, 3);
  c.dilation_down = lot(1, 3), c.dilation_across = lot(1, 3);
  c.top = lot(0, 3), c.left = lot(0, 3), c.bottom = lot(0, 3), c.right = lot(0, 3);
  const int taps = c.channels / c.groups * c.kernel_height * c.kernel_width;
  c.filter = test::random_values(int64_t{taps} * c.outputs, static_cast<uint32_t>(random()));
  c.bias = test::random_values(c.outputs, static_cast<uint32_t>(random()));
  return c;
}

TEST(OnnxLoader, TurnsAnyConvolutionFromPlanesToPixels) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 100; ++round) {
    const PlanarConvolution c = convolution_by_lot(random);
    File file(c.channels, 13, 14);
    file.constant("filter", {c.outputs, c.channels / c.groups, c.kernel_height, c.kernel_width},
                  c.filter);
    file.constant("bias", {c.outputs}, c.bias);
    onnx::Node& node = file.node("Conv", {"input", "filter", "bias"}, "result");
    set(node, "kernel_shape", {c.kernel_height, c.kernel_width});
    set(node, "strides", {c.stride_down, c.stride_across});
    set(node, "dilations", {c.dilation_down, c.dilation_across});
    set(node, "pads", {c.top, c.left, c.bottom, c.right});
    set(node, "group", c.groups);
    file.output("result");
    const auto graph = load_onnx(file.bytes());
    ASSERT_TRUE(graph.has_value()) << graph.error().message();
    const Tensor picture = test::random_tensor(graph->input, static_cast<uint32_t>(random()));
    const auto results = run(*graph, picture);
    ASSERT_EQ(results.size(), 1u);
    const Shape& s = results[0].shape;
    ASSERT_EQ(s.channels, c.outputs);
    for (int i = 0; i < static_cast<int>(s.count()); ++i) {
      const int pixel = i / s.channels;
      const float expected = c.at(picture, i % s.channels, pixel / s.width, pixel % s.width);
      ASSERT_NEAR(results[0].values[static_cast<size_t>(i)], expected, 1e-4f) << round;
    }
  }
}

// Convolution, normalisation, times a number, ReLU.
File chain(bool is_depthwise) {
  File file(4, 6, 7);
  const int inputs = is_depthwise ? 1 : 4;
  file.constant("filter", {4, inputs, 3, 3}, test::random_values(int64_t{36} * inputs, 1));
  onnx::Node& conv = file.node("Conv", {"input", "filter"}, "convolved");
  set(conv, "kernel_shape", {3, 3});
  set(conv, "group", is_depthwise ? 4 : 1);
  const std::array<const char*, 3> names = {"scale", "bias", "mean"};
  for (uint32_t i = 0; i < 3; ++i) file.constant(names[i], {4}, test::random_values(4, 2 + i));
  file.constant("variance", {4}, {0.5f, 1.0f, 2.0f, 3.0f});
  file.node("BatchNormalization", {"convolved", "scale", "bias", "mean", "variance"}, "normal");
  onnx::Node& half = file.node("Constant", {}, "half");
  onnx::Attribute& value = *half.add_attribute();
  value.set_name("value");
  value.mutable_t()->set_data_type(1);
  value.mutable_t()->add_float_data(0.5f);
  file.node("Mul", {"half", "normal"}, "halved");
  file.node("Relu", {"halved"}, "positive");
  file.output("positive");
  return file;
}

TEST(OnnxLoader, WhatDisappearsIntoAConvolutionIsAsIfItStoodBehindIt) {
  for (const bool is_depthwise : {false, true}) {
    const Bytes bytes = chain(is_depthwise).bytes();
    const auto folded = load_onnx(bytes);
    const std::vector<std::string> all = {"convolved", "normal", "halved", "positive"};
    const auto apart = load_onnx(bytes, all);
    ASSERT_TRUE(folded.has_value()) << folded.error().message();
    ASSERT_TRUE(apart.has_value()) << apart.error().message();
    EXPECT_EQ(folded->nodes.size(), 1u);
    EXPECT_EQ(apart->nodes.size(), 4u);
    const Tensor picture = test::random_tensor(folded->input, 9);
    const std::vector<Tensor> last = {run(*apart, picture).back()};
    EXPECT_LE(test::largest_difference(run(*folded, picture), last), 1e-5f);
  }
}

TEST(OnnxLoader, ReadsOnlyWhatTheCutsNeed) {
  File file = chain(false);
  file.node("Softmax", {"positive"}, "shares");
  file.output("shares");
  EXPECT_FALSE(load_onnx(file.bytes()).has_value());
  const std::vector<std::string> by_value = {"halved"}, by_constant = {"variance"};
  EXPECT_TRUE(load_onnx(file.bytes(), by_value).has_value());
  const auto graph = load_onnx(file.bytes(), by_constant);
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  EXPECT_EQ(graph->nodes.size(), 1u);
}

TEST(OnnxLoader, JoinsAnyNumberOfValuesByChannels) {
  File file(1, 1, 2);
  file.node("Relu", {"input"}, "a");
  file.node("Add", {"a", "a"}, "b");
  set(file.node("Concat", {"b", "input", "a"}, "joined"), "axis", 1);
  file.output("joined");
  const auto graph = load_onnx(file.bytes());
  ASSERT_TRUE(graph.has_value()) << graph.error().message();
  EXPECT_EQ(run(*graph, {{1, 2, 1}, {-1, 3}})[0].values, (std::vector<float>{0, -1, 0, 6, 3, 3}));
}

Error::Kind refusal(const Bytes& bytes, const std::vector<std::string>& cuts = {}) {
  const auto graph = load_onnx(bytes, cuts);
  EXPECT_FALSE(graph.has_value());
  return graph ? Error::Kind::io : graph.error().kind;
}

TEST(OnnxLoader, RefusesWhatItDoesNotKnow) {
  File softmax(1, 2, 2);
  softmax.node("Softmax", {"input"}, "y");
  softmax.output("y");
  EXPECT_EQ(refusal(softmax.bytes()), Error::Kind::unsupported);
  File words(1, 2, 2);
  words.node("not a name\n", {"input"}, "y");
  words.output("y");
  EXPECT_EQ(refusal(words.bytes()), Error::Kind::bad_input);
  EXPECT_EQ(refusal(chain(false).bytes(), {"nowhere"}), Error::Kind::unsupported);
  EXPECT_EQ(refusal(chain(false).bytes(), {"input"}), Error::Kind::unsupported);
  File twice(1, 2, 2);
  twice.node("Relu", {"input"}, "y");
  twice.node("Relu", {"input"}, "y");
  twice.output("y");
  EXPECT_EQ(refusal(twice.bytes()), Error::Kind::bad_input);
  File backwards(1, 2, 2);
  backwards.node("Relu", {"x"}, "y");
  backwards.node("Relu", {"input"}, "x");
  backwards.output("y");
  EXPECT_EQ(refusal(backwards.bytes()), Error::Kind::bad_input);
  File circle(1, 2, 2);
  circle.node("Add", {"input", "y"}, "y");
  circle.output("y");
  EXPECT_EQ(refusal(circle.bytes()), Error::Kind::bad_input);
}

TEST(OnnxLoader, RefusesManyObjectsAndManyCopiesBeforeTheyTakeMemory) {
  // Empty nodes: two bytes each in the file.
  const size_t count = limits::onnx_structure_bytes_max / 2 + 1;
  File file(1, 2, 2);
  for (size_t i = 0; i < count; ++i) file.graph().add_node();
  EXPECT_EQ(refusal(file.bytes()), Error::Kind::over_limit);
  // One large constant that every node reads.
  File copies(1, 64, 64);
  copies.constant("filter", {1, 1, 1024, 1024}, std::vector<float>(1 << 20));
  std::string before = "input";
  for (int i = 0; i < 20; ++i) {
    const std::string after = "y" + std::to_string(i);
    onnx::Node& node = copies.node("Conv", {before, "filter"}, after);
    set(node, "kernel_shape", {1024, 1024});
    set(node, "pads", {512, 512, 511, 511});
    before = after;
  }
  copies.output(before);
  EXPECT_EQ(refusal(copies.bytes()), Error::Kind::over_limit);
}

TEST(OnnxLoader, RefusesEveryTruncation) {
  const Bytes whole = read_model(test::model_file(test::ultra_light));
  for (size_t size = 0; size < whole.size(); size += 1 + size / 16) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_FALSE(load_onnx(part, test::ultra_light_heads()).has_value()) << size;
  }
}

// A damaged file is refused, or still a sound network: never a crash.
TEST(OnnxLoader, MutationsNeverCrash) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const Bytes large = read_model(test::model_file(test::ultra_light)), small = chain(true).bytes();
  ASSERT_FALSE(large.empty());
  int refused = 0, sound = 0;
  for (int round = 0; round < 1000; ++round) {
    const bool is_small = round % 4 != 0;
    Bytes bytes = is_small ? small : large;
    for (int change = 0; change < 1 + round % 5; ++change) {
      bytes[random() % bytes.size()] = static_cast<std::byte>(random());
    }
    const auto graph =
        load_onnx(bytes, is_small ? std::vector<std::string>() : test::ultra_light_heads());
    ++(graph ? sound : refused);
    if (!graph || graph->input.count() > 320 * 240 * 3) continue;
    const Size size{graph->input.width, graph->input.height};
    EXPECT_TRUE(infer_shapes(*graph, size).has_value());
    if (!is_small) continue;
    const Model model(std::make_shared<const Graph>(*graph), 1);
    const auto runtime = model.lease(size);
    if (!runtime) continue;
    EXPECT_TRUE((*runtime)->run().has_value());
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(sound, 0);
}

}  // namespace
}  // namespace faceveil::nn
