#include "nn/model.h"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/limits.h"
#include "nn/blocked_executor.h"
#include "nn/tflite_loader.h"
#include "nn/xnnpack_executor.h"

namespace faceveil::nn {

// What leases share: the idle runtimes, most recently used first, and the packed weights.
struct Lease::Shelf {
  std::mutex mutex;
  std::list<std::unique_ptr<Runtime>> idle;
  std::optional<Result<std::shared_ptr<const BlockedNetwork>>> blocked;

  // Null when there is none.
  std::unique_ptr<Runtime> take(Size size) {
    return take([&](const Runtime& runtime) { return runtime.size() == size; });
  }
  std::unique_ptr<Runtime> take_resizable() {
    return take([](const Runtime& runtime) { return runtime.can_resize(); });
  }

  template <typename Predicate>
  std::unique_ptr<Runtime> take(Predicate fits) {
    const std::lock_guard lock(mutex);
    const auto found =
        std::find_if(idle.begin(), idle.end(), [&](const auto& runtime) { return fits(*runtime); });
    if (found == idle.end()) return nullptr;
    std::unique_ptr<Runtime> runtime = std::move(*found);
    idle.erase(found);
    return runtime;
  }

  void put_back(std::unique_ptr<Runtime> runtime) {
    std::list<std::unique_ptr<Runtime>> surplus;  // Destroyed after the lock is gone.
    const std::lock_guard lock(mutex);
    idle.push_front(std::move(runtime));
    size_t bytes = 0;
    auto it = idle.begin();
    for (; it != idle.end(); ++it) {
      bytes += (*it)->bytes();
      if (bytes > static_cast<size_t>(limits::idle_network_bytes_max)) break;
    }
    surplus.splice(surplus.begin(), idle, it, idle.end());
  }

  // Packed once, whoever comes first.
  Result<std::shared_ptr<const BlockedNetwork>> blocked_network(
      const std::shared_ptr<const Graph>& graph) {
    const std::lock_guard lock(mutex);
    if (!blocked) blocked = BlockedNetwork::create(graph);
    return *blocked;
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
  if (std::unique_ptr<Runtime> idle = shelf_->take(size)) return Lease(shelf_, std::move(idle));
  if (std::unique_ptr<Runtime> idle = shelf_->take_resizable()) {
    // It goes back by itself when the new size does not suit it.
    Lease lease(shelf_, std::move(idle));
    Status resized = lease->resize(size);
    if (resized) return lease;
    if (resized.error().kind != Error::Kind::unsupported) return tl::unexpected(resized.error());
  }
  std::unique_ptr<Runtime> created = TRY(create(size));
  return Lease(shelf_, std::move(created));
}

Result<std::unique_ptr<Runtime>> Model::create(Size size) const {
  // Without wide vectors XNNPACK's hand-made kernels are the faster ones.
  if (available_kernels().size() > 1) {
    auto blocked = create_blocked(size);
    if (blocked || blocked.error().kind != Error::Kind::unsupported) return blocked;
  }
  return create_xnnpack_runtime(graph_, size, thread_count_);
}

Result<std::unique_ptr<Runtime>> Model::create_blocked(Size size) const {
  std::shared_ptr<const BlockedNetwork> network = TRY(shelf_->blocked_network(graph_));
  return create_blocked_runtime(std::move(network), size, thread_count_);
}

}  // namespace faceveil::nn
