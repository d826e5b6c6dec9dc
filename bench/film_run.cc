// film_run CORES COMMAND [ARG...]: runs a command once and prints, in one line: wall time and
// processor time in seconds, peak memory in megabytes, and the share of the processors' time, in
// per cent, that the command left unused because it had no thread that could run. That last figure
// is sampled from the states of its threads (/proc), so that it says the same on a busy machine: a
// thread that waits for a processor wants to run. The command's standard output is thrown away.

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds sample_every(4);

pid_t started(char** command) {
  const pid_t child = fork();
  if (child != 0) return child;
  dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
  execvp(command[0], command);
  _exit(127);
}

// Of a thread: R runs or could run. The name before it, in brackets, may hold anything.
bool could_run(const std::string& stat_file) {
  char text[512] = {};
  const int file = open(stat_file.c_str(), O_RDONLY);
  if (file < 0) return false;
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  const char* const name_end = length > 0 ? std::strrchr(text, ')') : nullptr;
  return name_end && name_end[1] == ' ' && name_end[2] == 'R';
}

int runnable_threads(pid_t process) {
  const std::string folder = "/proc/" + std::to_string(process) + "/task";
  DIR* const threads = opendir(folder.c_str());
  if (!threads) return 0;
  int count = 0;
  while (const dirent* const entry = readdir(threads)) {
    if (entry->d_name[0] != '.') count += could_run(folder + "/" + entry->d_name + "/stat");
  }
  closedir(threads);
  return count;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

int main(int argc, char** argv) {
  const int cores = argc > 2 ? std::atoi(argv[1]) : 0;
  if (cores < 1) return 2;
  const auto begin = Clock::now();
  const pid_t child = started(argv + 2);
  int64_t samples = 0, idle = 0;
  int status = 0;
  rusage usage = {};
  while (wait4(child, &status, WNOHANG, &usage) == 0) {
    idle += std::max(0, cores - runnable_threads(child));
    ++samples;
    std::this_thread::sleep_for(sample_every);
  }
  const std::chrono::duration<double> wall = Clock::now() - begin;
  std::printf("%.2f %.2f %.0f %.1f\n", wall.count(),
              seconds(usage.ru_utime) + seconds(usage.ru_stime),
              static_cast<double>(usage.ru_maxrss) * 1024 / 1e6,
              100.0 * static_cast<double>(idle) /
                  static_cast<double>(std::max<int64_t>(1, samples * cores)));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
