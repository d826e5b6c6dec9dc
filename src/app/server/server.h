// `faceveil serve`: the page and the HTTP interface, on this machine.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace faceveil {

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = 8080;                          // 0: any free one.
  std::filesystem::path model_folder = {};  // Empty: find_model_folder().
};

// Says on standard output where it serves, and serves until SIGINT or SIGTERM; requests being
// answered then are finished. Call it before any other thread is started: it blocks both signals
// in those that it starts. Errors: io when the address or the models cannot be had.
Status serve(const ServeOptions&);

}  // namespace faceveil
