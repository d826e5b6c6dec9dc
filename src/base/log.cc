#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace faceveil {
namespace {

// Plain lines without colour codes, so that a log file reads like a terminal.
spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto created = spdlog::stderr_logger_mt("faceveil");
    created->set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
    return created;
  }();
  return *instance;
}

}  // namespace

void log_info(std::string_view line) { logger().info("{}", line); }
void log_warning(std::string_view line) { logger().warn("{}", line); }
void log_error(std::string_view line) { logger().error("{}", line); }

}  // namespace faceveil
