// How well a machine still tells speakers apart after the voice was changed (docs/voice.md).
//
//   voice_evaluation FOLDER OUT   FOLDER/SPEAKER/*.flac at 16 kHz; prints equal error rates and
//                                 short-time objective intelligibility (bench/voice/stoi.h), and
//                                 writes OUT/{original,disguise,robot}/*.raw for a recogniser.
//   voice_evaluation --wer REFERENCE.hyp OTHER.hyp   Word error rate of what pocketsphinx heard.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>

#include "base/files.h"
#include "bench/voice/speaker_model.h"
#include "bench/voice/stoi.h"
#include "media/audio_file.h"
#include "redact/voice.h"

namespace faceveil::bench {
namespace {

namespace fs = std::filesystem;

struct Utterance {
  std::string speaker, name;
  AudioBlock sound;
};
using Set = std::vector<std::pair<std::string, std::vector<Features>>>;  // By speaker.

Result<AudioBlock> read_sound(const fs::path& path) {
  const Bytes file = TRY(read_file(path, int64_t{1} << 28));
  AudioReader reader = TRY(AudioReader::create(file));
  AudioBlock whole{{}, reader.info().layout, {}};
  while (true) {
    const std::optional<AudioBlock> block = TRY(reader.next());
    if (!block) return whole;
    whole.samples.insert(whole.samples.end(), block->samples.begin(), block->samples.end());
  }
}

std::vector<Utterance> read_corpus(const fs::path& folder) {
  std::set<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".flac") paths.insert(entry.path());
  }
  std::vector<Utterance> corpus;
  for (const fs::path& path : paths) {
    const Result<AudioBlock> sound = read_sound(path);
    if (!sound || sound->layout != AudioLayout{16'000, 1}) continue;
    corpus.push_back({path.parent_path().filename().string(), path.stem().string(), *sound});
  }
  return corpus;
}

// Draws by a fixed seed, so that the figures come out the same.
AudioBlock change(const AudioBlock& sound, VoiceMode mode, uint32_t seed) {
  std::mt19937 random(seed);
  VoiceChange wanted;
  wanted.mode = mode;
  VoiceChanger changer(wanted, sound.layout,
                       [&random] { return static_cast<double>(random()) * 0x1p-32; });
  AudioBlock output = changer.process(sound);
  const AudioBlock rest = changer.finish();
  output.samples.insert(output.samples.end(), rest.samples.begin(), rest.samples.end());
  return output;
}

void write_raw(const fs::path& path, const AudioBlock& sound) {
  std::ofstream file(path, std::ios::binary);
  for (const float sample : sound.samples) {
    const auto value =
        static_cast<int16_t>(std::lround(std::clamp(sample, -1.0f, 0.9999f) * 32768));
    file.write(reinterpret_cast<const char*>(&value), 2);
  }
}

Set features_of(const std::vector<Utterance>& corpus, VoiceMode mode, uint32_t seed,
                const fs::path& out) {
  Set set;
  if (!out.empty()) fs::create_directories(out);
  for (const Utterance& utterance : corpus) {
    const AudioBlock sound =
        mode == VoiceMode::keep ? utterance.sound : change(utterance.sound, mode, seed++);
    if (!out.empty()) write_raw(out / (utterance.name + ".raw"), sound);
    set.emplace_back(utterance.speaker, mfcc(sound.samples));
  }
  return set;
}

// One utterance of `tests` against every speaker's others of `known`: all of them in turn.
double error_rate(const Set& known, const Set& tests) {
  std::vector<Features> all;
  std::map<std::string, std::vector<size_t>> speakers;
  for (size_t i = 0; i < known.size(); ++i) {
    all.insert(all.end(), known[i].second.begin(), known[i].second.end());
    speakers[known[i].first].push_back(i);
  }
  const Mixture background = train_background(all, 32);
  std::vector<double> targets, impostors;
  for (size_t fold = 0; fold < 6; ++fold) {
    for (const auto& [name, indices] : speakers) {
      std::vector<Features> enrolled;
      for (size_t k = 0; k < indices.size(); ++k) {
        const std::vector<Features>& frames = known[indices[k]].second;
        if (k != fold) enrolled.insert(enrolled.end(), frames.begin(), frames.end());
      }
      const Mixture model = adapt(background, enrolled);
      for (const auto& [other, others] : speakers) {
        if (fold >= others.size()) continue;
        const double value = score(model, background, tests[others[fold]].second);
        (other == name ? targets : impostors).push_back(value);
      }
    }
  }
  return equal_error_rate(targets, impostors);
}

void print_stoi(const char* name, const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  const auto [least, most] = std::ranges::minmax(values);
  std::printf("%s: STOI %.2f (%.2f to %.2f)\n", name, mean, least, most);
}

// Of all utterances, their samples at the same moments.
void print_intelligibility(const std::vector<Utterance>& corpus, VoiceMode mode, uint32_t seed) {
  std::vector<double> values;
  for (const Utterance& utterance : corpus) {
    const AudioBlock changed = change(utterance.sound, mode, seed++);
    values.push_back(stoi(utterance.sound.samples, changed.samples));
  }
  print_stoi(std::string(voice_mode_name(mode)).c_str(), values);
}

// What the measure says of speech that has nothing to do with what was said: that of the next
// utterance.
void print_floor(const std::vector<Utterance>& corpus) {
  std::vector<double> values;
  for (size_t i = 0; i < corpus.size(); ++i) {
    std::vector<float> clean = corpus[i].sound.samples;
    const std::vector<float>& other = corpus[(i + 1) % corpus.size()].sound.samples;
    clean.resize(std::min(clean.size(), other.size()));
    values.push_back(stoi(clean, other));
  }
  print_stoi("other words", values);
}

int print_error_rates(const fs::path& folder, const fs::path& out) {
  const std::vector<Utterance> corpus = read_corpus(folder);
  if (corpus.empty()) return std::fprintf(stderr, "no sound in %s\n", folder.c_str()), 1;
  const Set original = features_of(corpus, VoiceMode::keep, 0, out / "original");
  std::printf("%zu utterances\noriginal: EER %.1f %%\n", corpus.size(),
              100 * error_rate(original, original));
  print_floor(corpus);
  for (const VoiceMode mode : {VoiceMode::disguise, VoiceMode::robot}) {
    const std::string name(voice_mode_name(mode));
    const Set tests = features_of(corpus, mode, 1000, out / name);
    const Set known = features_of(corpus, mode, 5000, {});
    std::printf("%s: enrolled on originals %.1f %%, on changed speech %.1f %%\n", name.c_str(),
                100 * error_rate(original, tests), 100 * error_rate(known, tests));
    print_intelligibility(corpus, mode, 1000);
    std::fflush(stdout);
  }
  return 0;
}

using Words = std::vector<std::string>;

// "words of the utterance (name score)", a line each, as pocketsphinx_batch writes them.
std::map<std::string, Words> read_heard(const fs::path& path) {
  std::map<std::string, Words> heard;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t bracket = line.rfind('(');
    std::istringstream text(line.substr(0, bracket)), tail(line.substr(bracket + 1));
    std::string name;
    tail >> name;
    for (std::string word; text >> word;) heard[name].push_back(word);
  }
  return heard;
}

// Insertions, deletions and substitutions that lead from one to the other (Levenshtein).
size_t distance(const Words& from, const Words& to) {
  std::vector<size_t> row(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    size_t diagonal = row[0]++;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t cost = diagonal + (from[i - 1] != to[j - 1] ? 1 : 0);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, cost});
    }
  }
  return row[to.size()];
}

int print_word_error_rate(const fs::path& reference, const fs::path& other) {
  std::map<std::string, Words> wanted = read_heard(reference), heard = read_heard(other);
  size_t errors = 0, words = 0;
  for (const auto& [name, text] : wanted) {
    if (!heard.contains(name)) continue;
    errors += distance(text, heard[name]);
    words += text.size();
  }
  std::printf(
      "%zu utterances, %zu words, %.1f %% differ\n", heard.size(), words,
      100.0 * static_cast<double>(errors) / static_cast<double>(std::max<size_t>(1, words)));
  return 0;
}

}  // namespace
}  // namespace faceveil::bench

int main(int argc, char** argv) {
  using namespace faceveil::bench;
  if (argc == 4 && std::string(argv[1]) == "--wer") return print_word_error_rate(argv[2], argv[3]);
  if (argc == 3) return print_error_rates(argv[1], argv[2]);
  std::fprintf(stderr, "usage: voice_evaluation FOLDER OUT | --wer REFERENCE.hyp OTHER.hyp\n");
  return 2;
}
