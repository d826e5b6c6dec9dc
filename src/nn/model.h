// A loaded network that any number of threads may run at the same time, at any size that it allows.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "nn/graph.h"
#include "nn/runtime.h"

namespace faceveil::nn {

class Model;

// The fastest executor that can run the graph here. Errors: as infer_shapes; unsupported.
Result<std::unique_ptr<Runtime>> create_runtime(std::shared_ptr<const Graph>, Size,
                                                int thread_count);

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
  // Idle runtimes that a model keeps. Each holds the packed weights and its working memory: 5 MB
  // for full-range at 192 x 192, 40 MB at 960 x 544.
  static constexpr size_t idle_runtimes_max = 4;

  // `thread_count` threads for one run; results do not depend on it. Errors: io, and those of
  // load_tflite, naming the file.
  static Result<std::shared_ptr<const Model>> load(const std::filesystem::path&,
                                                   int thread_count = 1);

  // The same, one Model a file and process: whoever asks while it is in use gets that one.
  static Result<std::shared_ptr<const Model>> shared(const std::filesystem::path&);

  Model(std::shared_ptr<const Graph>, int thread_count);

  const Graph& graph() const { return *graph_; }

  // A runtime for pictures of this size: an idle one, or a new one, which costs some milliseconds.
  // Errors: as create_runtime.
  Result<Lease> lease(Size) const;

 private:
  std::shared_ptr<const Graph> graph_;
  int thread_count_;
  std::shared_ptr<Lease::Shelf> shelf_;
};

}  // namespace faceveil::nn
