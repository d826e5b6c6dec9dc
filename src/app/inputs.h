// From what a person names on the command line to the files to work on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace faceveil {

struct Input {
  std::filesystem::path path;      // "-": standard input.
  std::filesystem::path relative;  // Below the folder that was named; the file name if a file was.
  std::filesystem::path folder;    // The folder that was named; empty if a file was.
};

struct Inputs {
  std::vector<Input> files;  // In the order named; a folder's files sorted by path.
  // Files in named folders that are no pictures by content nor media by name: left alone, but told.
  std::vector<std::filesystem::path> left_alone;
};

// Folders are looked into, with `recursive` all the way down; hidden files and links to folders are
// not followed. Everything in a folder that is a picture by its first bytes, or that is named like
// a picture or film, counts as an input: a film that we cannot hide must fail loudly, not be passed
// over. With `with_sounds` sound files count too. Errors: io, for a name that does not exist or a
// folder that cannot be read.
Result<Inputs> find_inputs(const std::vector<std::string>& names, bool recursive,
                           bool with_sounds = false);

}  // namespace faceveil
