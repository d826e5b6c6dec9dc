#include "detect/brought_model.h"

#include <array>

#include "base/files.h"
#include "base/limits.h"
#include "detect/brought/brought_network.h"
#include "detect/brought/onnx_file.h"
#include "detect/brought/onnx_preparation.h"

namespace faceveil {
namespace {

using brought::BroughtKind, brought::DnnNetwork, brought::InputRule, brought::OnnxFile;

constexpr std::array<const BroughtKind*, 4> kinds = {&brought::yunet_kind, &brought::scrfd_kind,
                                                     &brought::yolov5_face_kind,
                                                     &brought::ultra_light_kind};

// The size at which a graph is prepared that leaves its input's size open.
constexpr int open_side = 640;
// The largest input: a run of YuNet takes some 100 MB at this size.
constexpr int side_max = 1536;

Result<const BroughtKind*> recognise(const OnnxFile& file) {
  for (const BroughtKind* kind : kinds) {
    if (kind->fits(file.outputs)) return kind;
  }
  return fail(Error::Kind::unsupported,
              "This model is of no kind that FaceVeil knows (YuNet, SCRFD, YOLOv5-face, "
              "Ultra-Light): its graph has {0} outputs of other shapes.",
              {std::to_string(file.outputs.size())});
}

// Width and height that the file says, or ours where it leaves them open.
Result<Size> declared_size(const OnnxFile& file, int side_multiple) {
  if (file.inputs.size() == 1 && file.inputs[0].dims.size() == 4) {
    const brought::Dims& dims = file.inputs[0].dims;
    const auto height = dims[2] > 0 ? dims[2] : open_side;
    const auto width = dims[3] > 0 ? dims[3] : open_side;
    const bool colour = dims[0] <= 1 && dims[1] == 3;
    if (colour && height <= side_max && width <= side_max && height % side_multiple == 0 &&
        width % side_multiple == 0) {
      return Size{static_cast<int>(width), static_cast<int>(height)};
    }
  }
  return fail(Error::Kind::unsupported,
              "The model does not take one RGB picture of at most {0} x {0} pixels.",
              {std::to_string(side_max)});
}

std::vector<std::string> names_of(const std::vector<brought::OnnxValue>& outputs) {
  std::vector<std::string> names;
  names.reserve(outputs.size());
  for (const brought::OnnxValue& output : outputs) names.emplace_back(output.name);
  return names;
}

// Some graphs are convolutions throughout and take any size, whatever the file says; in others the
// size is woven into constants. The graph itself is asked, at a small size of another shape.
InputRule find_rule(const BroughtKind& kind, const DnnNetwork& network, Size declared) {
  const int unit = kind.side_multiple;
  const Size other =
      declared == Size{3 * unit, 2 * unit} ? Size{2 * unit, 3 * unit} : Size{3 * unit, 2 * unit};
  if (unit > 1 && probe(kind, network, other)) return {{side_max, side_max}, false};
  return {declared, true};
}

Result<std::unique_ptr<FaceNetwork>> open_bytes(BytesView bytes) {
  const OnnxFile file = TRY(brought::read_onnx(bytes));
  const BroughtKind* const kind = TRY(recognise(file));
  const Size size = TRY(declared_size(file, kind->side_multiple));
  Bytes prepared = TRY(brought::prepare_for_opencv(bytes, file, {1, 3, size.height, size.width}));
  DnnNetwork network = TRY(DnnNetwork::open(std::move(prepared), names_of(file.outputs)));
  TRY(probe(*kind, network, size));
  const InputRule rule = find_rule(*kind, network, size);
  return make_network(*kind, std::move(network), rule);
}

}  // namespace

Result<std::unique_ptr<FaceNetwork>> open_face_network(const std::filesystem::path& onnx_file) {
  const Bytes bytes = TRY(about(onnx_file.string(), read_file(onnx_file, limits::model_bytes_max)));
  return about(onnx_file.string(), open_bytes(bytes));
}

}  // namespace faceveil
