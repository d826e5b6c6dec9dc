// A loaded network that any number of threads may run at the same time, at any size that it allows.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "nn/graph.h"
#include "nn/runtime.h"

namespace faceveil::nn {

class Model;

// A runtime on loan: fill input(), run(), read output(i). Goes back to its model by itself. Use it
// on one thread.
class Lease {
 public:
  Lease(Lease&&) = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  Runtime* operator->() const { return runtime_.get(); }
  Runtime& operator*() const { return *runtime_; }

 private:
  friend class Model;
  struct Shelf;
  Lease(std::shared_ptr<Shelf>, std::unique_ptr<Runtime>);
  std::shared_ptr<Shelf> shelf_;
  std::unique_ptr<Runtime> runtime_;
};

class Model {
 public:
  // `thread_count` threads for one run; results do not depend on it. Errors: io, and those of
  // load_tflite, naming the file.
  static Result<std::shared_ptr<const Model>> load(const std::filesystem::path&,
                                                   int thread_count = 1);

  // The same, one Model a file and process: whoever asks while it is in use gets that one.
  static Result<std::shared_ptr<const Model>> shared(const std::filesystem::path&);

  Model(std::shared_ptr<const Graph>, int thread_count);

  const Graph& graph() const { return *graph_; }

  // A runtime for pictures of this size: an idle one that has the size, or is given it, or a new
  // one. Idle ones are kept up to limits::idle_network_bytes_max, so that the next picture need not
  // ask the system for memory; the one that was used least recently goes first. Errors: as
  // infer_shapes; unsupported; over_limit (base/limits.h).
  Result<Lease> lease(Size) const;

 private:
  // By the fastest executor that can run the graph here.
  Result<std::unique_ptr<Runtime>> create(Size) const;
  Result<std::unique_ptr<Runtime>> create_blocked(Size) const;

  std::shared_ptr<const Graph> graph_;
  int thread_count_;
  std::shared_ptr<Lease::Shelf> shelf_;
};

}  // namespace faceveil::nn
