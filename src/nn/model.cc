#include "nn/model.h"

#include <list>
#include <map>
#include <mutex>
#include <utility>

#include "base/files.h"
#include "base/limits.h"
#include "nn/blocked_executor.h"
#include "nn/tflite_loader.h"
#include "nn/xnnpack_executor.h"

namespace faceveil::nn {

// The idle runtimes, most recently used first.
struct Lease::Shelf {
  std::mutex mutex;
  std::list<std::unique_ptr<Runtime>> idle;

  std::unique_ptr<Runtime> take(Size size) {
    const std::lock_guard lock(mutex);
    for (auto it = idle.begin(); it != idle.end(); ++it) {
      if ((*it)->size() != size) continue;
      std::unique_ptr<Runtime> runtime = std::move(*it);
      idle.erase(it);
      return runtime;
    }
    return nullptr;
  }

  void put_back(std::unique_ptr<Runtime> runtime) {
    std::unique_ptr<Runtime> oldest;  // Destroyed after the lock is gone.
    const std::lock_guard lock(mutex);
    idle.push_front(std::move(runtime));
    if (idle.size() <= Model::idle_runtimes_max) return;
    oldest = std::move(idle.back());
    idle.pop_back();
  }
};

Lease::Lease(std::shared_ptr<Shelf> shelf, std::unique_ptr<Runtime> runtime)
    : shelf_(std::move(shelf)), runtime_(std::move(runtime)) {}

Lease::~Lease() {
  if (runtime_) shelf_->put_back(std::move(runtime_));
}

namespace {

Result<Graph> load_graph(const std::filesystem::path& path) {
  const Bytes bytes = TRY(read_file(path, limits::model_bytes_max));
  return load_tflite(bytes);
}

}  // namespace

Result<std::unique_ptr<Runtime>> create_runtime(std::shared_ptr<const Graph> graph, Size size,
                                                int thread_count) {
  // Without wide vectors XNNPACK's hand-made kernels are the faster ones.
  if (available_kernels().size() > 1) {
    auto blocked = create_blocked_runtime(graph, size, thread_count);
    if (blocked || blocked.error().kind != Error::Kind::unsupported) return blocked;
  }
  return create_xnnpack_runtime(std::move(graph), size, thread_count);
}

Model::Model(std::shared_ptr<const Graph> graph, int thread_count)
    : graph_(std::move(graph)),
      thread_count_(thread_count),
      shelf_(std::make_shared<Lease::Shelf>()) {}

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& path,
                                                 int thread_count) {
  Graph graph = TRY(about(path.string(), load_graph(path)));
  return std::make_shared<const Model>(std::make_shared<const Graph>(std::move(graph)),
                                       thread_count);
}

Result<std::shared_ptr<const Model>> Model::shared(const std::filesystem::path& path) {
  static std::mutex mutex;
  static std::map<std::filesystem::path, std::weak_ptr<const Model>> models;
  const std::lock_guard lock(mutex);
  std::weak_ptr<const Model>& known = models[path];
  if (std::shared_ptr<const Model> model = known.lock()) return model;
  std::shared_ptr<const Model> model = TRY(load(path));
  known = model;
  return model;
}

Result<Lease> Model::lease(Size size) const {
  if (std::unique_ptr<Runtime> idle = shelf_->take(size)) {
    return Lease(shelf_, std::move(idle));
  }
  std::unique_ptr<Runtime> created = TRY(create_runtime(graph_, size, thread_count_));
  return Lease(shelf_, std::move(created));
}

}  // namespace faceveil::nn
