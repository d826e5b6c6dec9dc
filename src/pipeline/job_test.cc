#include "pipeline/job.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "base/limits.h"
#include "plan/plan_json.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/temporary_folder.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

class Job : public test::InTemporaryFolder {
 protected:
  Job() { settings_.plan.boxes = {{20, 20, 60, 60}}; }

  fs::path write_picture(const std::string& name, uint32_t seed, StillFormat format) const {
    Still still;
    still.image = test::noise_picture(PixelFormat::rgb8, {120, 100}, seed);
    const fs::path path = folder_ / name;
    EXPECT_TRUE(
        write_file(path, encode_still(still, format).value(), Overwrite::refuse).has_value());
    return path;
  }

  HideJob job_for(const fs::path& input, const std::string& output) const {
    HideJob job;
    job.input = input;
    job.output = folder_ / output;
    return job;
  }

  Bytes read(const fs::path& path) const {
    return read_file(path, limits::input_bytes_max).value();
  }

  size_t file_count() const {
    size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      count += entry.is_regular_file();
    }
    return count;
  }

  HideSettings settings_;
};

TEST_F(Job, SameBytesForOneAndForManyThreads) {
  std::vector<HideJob> one, many;
  for (uint32_t i = 0; i < 24; ++i) {
    const fs::path input =
        write_picture("in" + std::to_string(i), i, i % 2 ? StillFormat::png : StillFormat::jpeg);
    one.push_back(job_for(input, "one/" + std::to_string(i)));
    many.push_back(job_for(input, "many/" + std::to_string(i)));
  }
  settings_.thread_count = 1;
  run_hide_jobs(one, settings_, {}, {});
  settings_.thread_count = 8;
  std::atomic<size_t> last_done = 0;
  const auto reports = run_hide_jobs(
      many, settings_, [&](const HideReport&, size_t done) { EXPECT_EQ(done, ++last_done); }, {});
  EXPECT_EQ(last_done, many.size());
  for (size_t i = 0; i < one.size(); ++i) {
    ASSERT_FALSE(reports[i].error.has_value()) << reports[i].error->message();
    EXPECT_EQ(reports[i].job.output, many[i].output);
    EXPECT_EQ(read(one[i].output), read(many[i].output));
  }
}

TEST_F(Job, WritesThePlanThatItFollowed) {
  HideJob job = job_for(write_picture("a.png", 1, StillFormat::png), "b.png");
  job.plan_out = folder_ / "plan.json";
  const HideReport report = run_hide_job(job, settings_, {});
  ASSERT_FALSE(report.error.has_value());
  const Bytes text = read(job.plan_out);
  EXPECT_EQ(parse_plan(as_text(text)).value(), report.plan);
  EXPECT_EQ(report.plan.source_name, job.input.string());
}

TEST_F(Job, FailureLeavesNoOutputAndNamesTheFile) {
  const fs::path whole = write_picture("whole.jpg", 1, StillFormat::jpeg);
  Bytes bytes = read(whole);
  bytes.resize(bytes.size() * 2 / 3);
  const fs::path cut = folder_ / "cut.jpg";
  ASSERT_TRUE(write_file(cut, bytes, Overwrite::refuse).has_value());
  const size_t before = file_count();
  for (const fs::path& input : {cut, folder_ / "nowhere.jpg", folder_}) {
    HideJob job = job_for(input, "out.jpg");
    job.plan_out = folder_ / "plan.json";
    const HideReport report = run_hide_job(job, settings_, {});
    ASSERT_TRUE(report.error.has_value());
    EXPECT_EQ(report.error->subject, input.string());
    EXPECT_EQ(file_count(), before);
  }
}

TEST_F(Job, AnExistingOutputIsKeptAndNoPlanIsLeft) {
  HideJob job = job_for(write_picture("a.png", 1, StillFormat::png), "b.png");
  job.plan_out = folder_ / "plan.json";
  std::ofstream(job.output) << "mine";
  const HideReport report = run_hide_job(job, settings_, {});
  ASSERT_TRUE(report.error.has_value());
  EXPECT_EQ(as_text(read(job.output)), "mine");
  EXPECT_FALSE(fs::exists(job.plan_out));
}

// Asked to stop at any step, there is no output.
TEST_F(Job, InterruptedLeavesNothing) {
  const HideJob job = job_for(write_picture("a.png", 1, StillFormat::png), "b.png");
  for (int step = 0; step < 2; ++step) {
    int asked = 0;
    const HideReport report = run_hide_job(job, settings_, [&] { return asked++ >= step; });
    ASSERT_TRUE(report.error.has_value());
    EXPECT_EQ(report.error->kind, Error::Kind::cancelled);
    EXPECT_EQ(file_count(), 1u);
  }
}

TEST_F(Job, OneBadInputDoesNotStopTheOthers) {
  const std::vector<HideJob> jobs = {job_for(folder_ / "none.png", "x.png"),
                                     job_for(write_picture("a.png", 1, StillFormat::png), "y.png")};
  const auto reports = run_hide_jobs(jobs, settings_, {}, {});
  EXPECT_TRUE(reports[0].error.has_value());
  EXPECT_FALSE(reports[1].error.has_value());
}

}  // namespace
}  // namespace faceveil
