// Animations, hidden picture by picture in their own colours. Private to the pipeline.
#pragma once

#include "media/animation.h"
#include "pipeline/verify_video.h"
#include "pipeline/video.h"

namespace faceveil {

// The format of the animation that hiding in `input` gives under this name; absent where it gives
// something else.
std::optional<StillFormat> animation_wanted(const std::filesystem::path& input,
                                            const std::filesystem::path& output);

// As write_hidden_film().
Result<UnnamedFilm> write_hidden_animation(const RedactionPlan&, const std::filesystem::path& input,
                                           const std::filesystem::path& output, StillFormat,
                                           Overwrite, const ApplyOptions&, const VideoOptions&);

// Whether every pixel outside the regions is the source's, in every picture. not_checked, with the
// reason, where that cannot be: films, lossy pictures, a GIF of another format. Errors: as
// AnimationReader; cancelled.
Result<Check> check_animation_locality(const VideoVerifyRequest&);

}  // namespace faceveil
