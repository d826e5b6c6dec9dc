#include "app/evaluation.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "media/reduce.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

Result<Image> open_picture(const fs::path& path) {
  const Bytes bytes = TRY(about(path.string(), read_file(path, limits::input_bytes_max)));
  Still still = TRY(about(path.string(), decode_still(bytes)));
  return std::move(still.image);
}

// The faces with what the plan would paint for them.
std::vector<Found> as_painted(const std::vector<Face>& faces, const PlanOptions& options) {
  RedactionPlan plan;
  add_faces(plan, faces, options);
  const std::vector<Region> regions = regions_at(plan, MediaTime{0});
  CHECK(regions.size() == faces.size());
  std::vector<Found> found;
  for (size_t i = 0; i < faces.size(); ++i) {
    found.push_back({faces[i].box, faces[i].score, regions[i]});
  }
  return found;
}

Result<PictureVerdict> look_and_judge(const Image& image, const LabelledPicture& picture,
                                      const EvaluationSettings& settings, float score_min) {
  const auto start = std::chrono::steady_clock::now();
  const std::vector<Face> faces = TRY(settings.look(image, score_min));
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  PictureVerdict verdict = judge(picture.faces, image.size(), as_painted(faces, settings.plan));
  verdict.milliseconds = time.count();
  verdict.gflop = settings.gflop(image.size());
  return verdict;
}

Status evaluate_picture(const LabelledPicture& picture, const EvaluationSettings& settings,
                        PictureVerdict& at_threshold, PictureVerdict& for_curves) {
  const fs::path path = settings.folder / picture.name;
  const Image image = TRY(open_picture(path));
  const float threshold = settings.plan.score_min;
  at_threshold = TRY(about(path.string(), look_and_judge(image, picture, settings, threshold)));
  for_curves = at_threshold;
  if (settings.curve_from < threshold) {
    for_curves =
        TRY(about(path.string(), look_and_judge(image, picture, settings, settings.curve_from)));
  }
  return {};
}

struct MissedFace {
  size_t picture = 0;
  Rect box;
};

std::vector<MissedFace> missed_faces(std::span<const PictureVerdict> verdicts, const Subset& subset,
                                     float threshold) {
  std::vector<MissedFace> missed;
  for (size_t i = 0; i < subset.pictures.size(); ++i) {
    const PictureVerdict& verdict = verdicts[subset.pictures[i]];
    for (size_t f = 0; f < verdict.faces.size(); ++f) {
      const FaceVerdict& face = verdict.faces[f];
      const bool is_hidden = face.hidden_up_to && *face.hidden_up_to >= threshold;
      if (subset.counts[i][f] && !is_hidden) missed.push_back({subset.pictures[i], face.box});
    }
  }
  std::ranges::stable_sort(missed, std::ranges::greater(),
                           [](const MissedFace& face) { return longer_side(face.box); });
  return missed;
}

}  // namespace

Result<Truth> read_truth(const std::string& path) {
  const Bytes text = TRY(read_file(path, limits::truth_bytes_max));
  return parse_truth(as_text(text));
}

Status check_pictures_exist(const Truth& truth, const fs::path& folder) {
  for (const LabelledPicture& picture : truth.pictures) {
    if (fs::is_regular_file(folder / picture.name)) continue;
    return about(tr("line {0}", {std::to_string(picture.line)}),
                 Status(fail(Error::Kind::io, "There is no picture \"{0}\" in {1}.",
                             {picture.name, folder.string()})));
  }
  return {};
}

Result<Evaluation> evaluate(const Truth& truth, const EvaluationSettings& settings,
                            const StopRequested& stop_requested,
                            const std::function<void(size_t done_count)>& on_picture_done) {
  const size_t count = truth.pictures.size();
  Evaluation evaluation;
  evaluation.at_threshold.resize(count);
  evaluation.for_curves.resize(count);
  std::vector<Status> statuses(count);
  std::mutex mutex;
  size_t done_count = 0;
  parallel_for(count, settings.thread_count, [&](size_t i) {
    if (stop_requested()) {
      statuses[i] = fail(Error::Kind::cancelled, "Stopped before it was done.");
      return;
    }
    statuses[i] = evaluate_picture(truth.pictures[i], settings, evaluation.at_threshold[i],
                                   evaluation.for_curves[i]);
    const std::lock_guard lock(mutex);
    on_picture_done(++done_count);
  });
  for (const Status& status : statuses) TRY(status);
  return evaluation;
}

Result<std::optional<MissedFaces>> sheet_of_missed_faces(const Truth& truth,
                                                         const EvaluationSettings& settings,
                                                         std::span<const PictureVerdict> verdicts,
                                                         const Subset& subset) {
  std::vector<MissedFace> missed = missed_faces(verdicts, subset, settings.plan.score_min);
  if (missed.empty()) return std::optional<MissedFaces>();
  MissedFaces result;
  result.missed = missed.size();
  result.shown = std::min<size_t>(missed.size(), limits::sheet_faces_max);
  // A picture is opened once for all its faces.
  std::map<size_t, std::vector<size_t>> tiles;
  for (size_t tile = 0; tile < result.shown; ++tile) tiles[missed[tile].picture].push_back(tile);
  ContactSheet sheet = TRY(ContactSheet::create(result.shown));
  for (const auto& [picture, places] : tiles) {
    const fs::path path = settings.folder / truth.pictures[picture].name;
    const Image opened = TRY(open_picture(path));
    const Image image = TRY(about(path.string(), as_rgb8(opened)));
    for (const size_t tile : places) sheet.place(tile, image, missed[tile].box);
  }
  result.sheet = std::move(sheet).take();
  return std::optional<MissedFaces>(std::move(result));
}

}  // namespace faceveil
