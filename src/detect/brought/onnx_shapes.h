// The dimensions of the values in a graph, worked out node by node for one size of the input. Only
// the operations of the face networks that people bring; after one that it does not know it says
// nothing.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "detect/brought/onnx_file.h"

namespace faceveil::brought {

class ShapeTable {
 public:
  ShapeTable(const OnnxFile& file, const Dims& input);

  // To be called in the order of the graph.
  void add_node(const OnnxNode&);
  void add_constant(std::string_view name, const OnnxConstant&);
  void add_integers(std::string_view name, const std::vector<int64_t>& values, bool is_scalar);

  // Null where they are not known.
  const Dims* dims(std::string_view name) const;

 private:
  std::optional<Dims> dims_of(const OnnxNode&) const;
  std::optional<Dims> broadcast(const Dims& a, const Dims& b) const;
  std::optional<Dims> window(const OnnxNode&, const Dims& input, int64_t channels,
                             const Dims& kernel) const;
  std::optional<Dims> concat(const OnnxNode&) const;
  std::optional<Dims> reshape(const OnnxNode&, const Dims& input) const;
  std::optional<Dims> transpose(const OnnxNode&, const Dims& input) const;
  std::optional<Dims> slice(const OnnxNode&, const Dims& input) const;
  std::optional<Dims> resize(const OnnxNode&, const Dims& input) const;
  const OnnxConstant* constant(std::string_view name) const;

  std::map<std::string_view, Dims> dims_;
  std::map<std::string_view, OnnxConstant> constants_;
};

}  // namespace faceveil::brought
