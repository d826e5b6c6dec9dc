#include "app/server/work_gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace faceveil {
namespace {

TEST(WorkGate, NeverLetsMoreWorkThanAllowed) {
  WorkGate gate(3, 1000);
  std::atomic<int> working = 0, most = 0, done = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 16; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) {
          const auto turn = gate.enter();
          ASSERT_TRUE(turn.has_value());
          const int now = ++working;
          int before = most;
          while (before < now && !most.compare_exchange_weak(before, now)) {
          }
          std::this_thread::yield();
          --working;
          ++done;
        }
      });
    }
  }
  EXPECT_EQ(done, 16 * 200);
  EXPECT_LE(most, 3);
}

TEST(WorkGate, RefusesAtOnceWhenTooManyWait) {
  WorkGate gate(1, 0);
  {
    const auto working = gate.enter();
    ASSERT_TRUE(working.has_value());
    const auto refused = gate.enter();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().kind, Error::Kind::busy);
  }
  EXPECT_TRUE(gate.enter().has_value());
}

}  // namespace
}  // namespace faceveil
