// serve() in a process of its own, and its standard output to read from.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "app/server/server.h"
#include "base/language.h"

namespace faceveil::test {

class Served {
 public:
  explicit Served(const ServeOptions& options, Language language = Language::english) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    child_ = fork();
    if (child_ == 0) {
      close(STDERR_FILENO);
      set_language(language);
      dup2(ends[1], STDOUT_FILENO);
      _exit(serve(options) ? 0 : 1);
    }
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
    char text[256] = "";
    if (std::fgets(text, sizeof text, output_)) line_ = text;
  }
  ~Served() {
    if (child_ > 0) end(SIGKILL);
    std::fclose(output_);
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  const std::string& line() const { return line_; }
  int port() const { return std::atoi(line_.substr(line_.rfind(':') + 1).c_str()); }

  // The exit code after the signal; -1 when it did not exit by itself.
  int end(int signal) {
    int status = 0;
    if (signal != 0) kill(child_, signal);
    waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = 0;
  FILE* output_ = nullptr;
  std::string line_;
};

}  // namespace faceveil::test
