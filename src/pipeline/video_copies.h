// The stretches of a film that are copied as they are coded. Private to the pipeline.
#pragma once

#include <span>
#include <vector>

#include "pipeline/video.h"

namespace faceveil {

// Goes through the copied groups beside the pictures of the film, and remembers what these look
// like.
class CopiedGroups {
 public:
  explicit CopiedGroups(std::vector<PictureRange> groups) : groups_(std::move(groups)) {}

  bool empty() const { return groups_.empty(); }
  // The group that begins with this picture; null: none does.
  const PictureRange* beginning_at(int64_t picture) const;
  // Whether the picture is copied. Asked for every picture in turn.
  bool hold(int64_t picture);
  // One that is.
  void remember(const VideoFrame&);
  int64_t pictures() const;

  // Whether the film that was written decodes to so many pictures, and to the very same ones where
  // they were copied. Errors: as VideoReader, but for damage: that is a no.
  Result<bool> are_whole_in(const std::filesystem::path& film, int64_t pictures,
                            const VideoOptions&) const;

 private:
  std::vector<PictureRange> groups_;
  std::vector<uint64_t> sums_;  // Of the samples of each group's pictures.
  size_t at_ = 0;
};

// The groups of which the plan hides nothing, where the output can hold them; none unless the
// person wants them copied. Errors: as copyable_groups.
Result<CopiedGroups> groups_to_copy(const RedactionPlan&, const std::filesystem::path& input,
                                    const std::filesystem::path& output, const VideoOptions&);

}  // namespace faceveil
