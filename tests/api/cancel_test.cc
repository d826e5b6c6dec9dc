// Work that nobody waits for any longer ends, and is not begun.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "app/server/jobs/jobs.h"
#include "tests/api/job_client.h"
#include "tests/support/temporary_folder.h"

namespace faceveil::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// Waits for a condition, at most ten seconds.
template <typename Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

// A queue whose work lasts until it is given up, or let go.
class CancelJobs : public InTemporaryFolder {
 protected:
  void SetUp() override {
    InTemporaryFolder::SetUp();
    const Jobs::Hide hide = [this](BytesView, const JobSettings& settings, const Client& client) {
      return work(settings, client);
    };
    auto store = JobStore::open(folder_);
    ASSERT_TRUE(store.has_value());
    auto jobs = Jobs::create(*store, {.worker_count = 1, .originals_bytes_max = 1000}, hide, {});
    ASSERT_TRUE(jobs.has_value());
    jobs_ = std::move(*jobs);
  }
  void TearDown() override {
    jobs_.reset();  // It wipes its folder by itself.
    InTemporaryFolder::TearDown();
  }

  Result<Checked> work(const JobSettings&, const Client& client) {
    client.on_step(WorkStep::looking);
    ++begun_;
    while (!let_go_ && !client.gone()) std::this_thread::sleep_for(1ms);
    if (client.gone()) return stopped();
    client.on_step(WorkStep::checking);
    Checked checked = checked_;
    checked.hidden.applied.bytes = Bytes(3);
    return checked;
  }

  std::string add(JobSettings settings = {}, size_t files = 1) {
    const Bytes bytes(5);
    return jobs_->add_job(std::move(settings), std::vector<Jobs::NewFile>(files, {"a", bytes}))
        .value();
  }
  FileState state(const std::string& id, size_t index = 0) {
    return jobs_->view(id)->files.at(index).state;
  }

  std::atomic<bool> let_go_ = false;
  std::atomic<int> begun_ = 0;
  Checked checked_;
  std::unique_ptr<Jobs> jobs_;
};

TEST_F(CancelJobs, DeleteEndsWhatIsBeingWorkedOn) {
  const std::string id = add();
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  const auto erased = jobs_->erase(id);  // Waits for the work to end: it would for ever.
  ASSERT_TRUE(erased.has_value());
  EXPECT_TRUE(*erased);
  EXPECT_FALSE(jobs_->view(id).has_value());
  EXPECT_EQ(jobs_->originals_in_memory().originals, 0u);
}

TEST_F(CancelJobs, CancelEndsWhatIsBeingWorkedOnAndWhatWaits) {
  const std::string id = add({}, 3);
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  EXPECT_TRUE(jobs_->cancel(id));
  ASSERT_TRUE(comes_true([&] { return state_of(*jobs_->view(id)) == JobState::cancelled; }));
  const JobView job = jobs_->view(id).value();
  for (const FileView& file : job.files) {
    EXPECT_EQ(file.state, FileState::cancelled);
    EXPECT_FALSE(file.original_kept);
    EXPECT_FALSE(file.error.has_value());
  }
  EXPECT_EQ(begun_, 1);
  EXPECT_EQ(jobs_->originals_in_memory().originals, 0u);
}

TEST_F(CancelJobs, OneFileIsGivenUpAndTheOthersAreDone) {
  const std::string id = add({}, 3);
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  EXPECT_EQ(jobs_->cancel_file(id, 1), Lookup::found);
  EXPECT_EQ(jobs_->cancel_file(id, 2), Lookup::found);
  EXPECT_EQ(jobs_->cancel_file(id, 4), Lookup::nothing);
  let_go_ = true;
  ASSERT_TRUE(comes_true([&] { return state(id, 2) == FileState::done; }));
  EXPECT_EQ(state(id, 0), FileState::cancelled);
  EXPECT_EQ(state(id, 1), FileState::cancelled);
  EXPECT_EQ(jobs_->originals_in_memory().originals, 0u);
}

TEST_F(CancelJobs, AFileTakenOutLeavesNothingButAGap) {
  const std::string id = add({}, 3);
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  EXPECT_EQ(jobs_->erase_file(id, 1), Lookup::found);  // Waits for the work to end.
  let_go_ = true;
  ASSERT_TRUE(comes_true([&] { return state(id, 2) == FileState::done; }));
  EXPECT_EQ(jobs_->erase_file(id, 2), Lookup::found);
  EXPECT_EQ(jobs_->erase_file(id, 2), Lookup::nothing);
  EXPECT_FALSE(jobs_->result(id, 2).has_value());
  EXPECT_TRUE(jobs_->result(id, 3).has_value());
  const JobView job = jobs_->view(id).value();
  EXPECT_EQ(job.progress.total, 1u);
  EXPECT_EQ(job.files[1].name, "");
  EXPECT_EQ(state_of(job), JobState::done);
  EXPECT_EQ(jobs_->originals_in_memory().originals, 0u);
}

TEST_F(CancelJobs, AStopDoesNotWaitForTheWork) {
  add({}, 2);
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  jobs_->stop();
  EXPECT_EQ(begun_, 1);
}

TEST_F(CancelJobs, TheStagesAreTold) {
  const std::string id = add();
  ASSERT_TRUE(comes_true([&] { return begun_ == 1; }));
  EXPECT_EQ(jobs_->view(id)->files[0].stage, FileStage::looking);
  const uint64_t version = jobs_->view(id)->version;
  let_go_ = true;
  ASSERT_TRUE(comes_true([&] { return state(id) == FileState::done; }));
  EXPECT_EQ(jobs_->view(id)->files[0].stage, FileStage::finished);
  EXPECT_GE(jobs_->view(id)->version, version + 3);  // Checking, storing, finished.
}

TEST_F(CancelJobs, AFileWithFindingsIsWithheldAndNeverWritten) {
  checked_.verification.checks = {
      {CheckId::stray_bytes, CheckOutcome::found, {"a note {0}", {"of two"}}}};
  checked_.verification.findings = {{CheckId::stray_bytes, {}, 0, {"a tail", {}}}};
  let_go_ = true;
  const std::string id = add();
  ASSERT_TRUE(comes_true([&] { return state(id) == FileState::withheld; }));
  EXPECT_FALSE(jobs_->result(id, 1).has_value());
  EXPECT_EQ(jobs_->view(id)->progress.withheld, 1u);
  EXPECT_EQ(state_of(*jobs_->view(id)), JobState::done);

  JobSettings accepting;
  accepting.work.accept_findings = true;
  const std::string accepted = add(accepting);
  ASSERT_TRUE(comes_true([&] { return state(accepted) == FileState::done; }));
  EXPECT_TRUE(jobs_->result(accepted, 1).has_value());
}

TEST_F(CancelJobs, WhatWasFoundOutlivesACrash) {
  checked_.verification.checks = {{CheckId::faces, CheckOutcome::found, {"a note {0}", {"of two"}}},
                                  {CheckId::places, CheckOutcome::not_checked, {}}};
  checked_.verification.findings = {{CheckId::faces, {1, 2, 30, 40}, 0.5f, {}}};
  checked_.verification.faces_added = 2;
  let_go_ = true;
  const std::string id = add();
  ASSERT_TRUE(comes_true([&] { return state(id) == FileState::withheld; }));
  // As a crash leaves it.
  const std::filesystem::path left = folder_ / "left" / "0";
  std::filesystem::create_directories(left);
  std::filesystem::copy(folder_ / "0" / "jobs.sqlite", left);
  const auto rows = JobStore::open(left.parent_path());
  ASSERT_TRUE(rows.has_value());
  auto again = Jobs::create(*rows, {.worker_count = 1}, {}, {});
  ASSERT_TRUE(again.has_value());
  const FileView file = (*again)->view(id)->files.at(0);
  EXPECT_EQ(file.state, FileState::withheld);
  const Verification& told = file.facts.verification;
  EXPECT_EQ(told.faces_added, 2u);
  ASSERT_EQ(told.checks.size(), 2u);
  EXPECT_EQ(told.checks[0].note, (Sentence{"a note {0}", {"of two"}}));
  EXPECT_EQ(told.checks[1].outcome, CheckOutcome::not_checked);
  ASSERT_EQ(told.findings.size(), 1u);
  EXPECT_EQ(told.findings[0].box.height, 40);
  EXPECT_EQ(told.findings[0].score, 0.5f);
}

// --- requests ---

// A request whose client hangs up while others are before it.
void expect_given_up(const std::string& path) {
  const ApiServer server({.working_max = 1});
  const std::string large = drawn_picture(StillFormat::jpeg, 2400);
  auto before = std::async(std::launch::async, [&] {
    return server.client().Post("/api/v1/hide", large, "image/jpeg")->status;
  });
  std::this_thread::sleep_for(50ms);
  { const RawClient leaves(server.port(), raw_post(path, server.host(), large)); }
  const auto is_logged = [&] {
    const auto log = server.log();
    return std::ranges::any_of(
        log, [&](const HttpLogEntry& entry) { return entry.path == path && entry.status == 499; });
  };
  EXPECT_TRUE(comes_true(is_logged)) << path;
  EXPECT_EQ(before.get(), 200);
}

TEST(CancelRequests, WhoHangsUpWhileWaitingIsNotWorkedFor) {
  for (const char* path : {"/api/v1/hide", "/api/v1/detect", "/api/v1/plan"}) {
    expect_given_up(path);
  }
}

TEST(CancelRequests, WorkEndsBeforeItsNextStepWhenTheClientHangsUp) {
  const ApiServer server({.working_max = 1});
  const std::string large = drawn_picture(StillFormat::jpeg, 3200);
  { const RawClient leaves(server.port(), raw_post("/api/v1/hide", server.host(), large)); }
  ASSERT_TRUE(comes_true([&] { return !server.log().empty(); }));
  EXPECT_EQ(server.log()[0].status, 499);
  const auto trust = server.client().Get("/api/v1/trust");
  EXPECT_EQ(json::parse(trust->body)["originals_on_disk"], 0);
}

}  // namespace
}  // namespace faceveil::test
