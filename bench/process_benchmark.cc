// process_benchmark RUNS COMMAND [ARG...]: runs a whole command again and again and prints the
// median and the extremes of its wall time, and its largest peak memory, as the kernel counts them
// (wait4). The command's standard output is thrown away.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

struct Run {
  double ms = 0;
  long peak_kb = 0;
  bool succeeded = false;
};

Run run_once(char** command) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execvp(command[0], command);
    _exit(127);
  }
  int status = 0;
  rusage usage = {};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double, std::milli> ms = std::chrono::steady_clock::now() - start;
  return {ms.count(), usage.ru_maxrss, WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 2 ? std::atoi(argv[1]) : 0;
  if (count < 1) return 2;
  std::vector<double> ms;
  long peak_kb = 0;
  for (int i = 0; i <= count; ++i) {
    const Run run = run_once(argv + 2);
    if (!run.succeeded) return 1;
    if (i == 0) continue;  // Warms the file cache.
    ms.push_back(run.ms);
    peak_kb = std::max(peak_kb, run.peak_kb);
  }
  std::ranges::sort(ms);
  std::printf("%.1f ms median (%.1f to %.1f, %d runs), %.1f MB peak\n", ms[ms.size() / 2],
              ms.front(), ms.back(), count, static_cast<double>(peak_kb) * 1024 / 1e6);
}
