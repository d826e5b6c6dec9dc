// Animations read as films: a GIF or WebP beside the containers that libavformat knows.
#pragma once

#include "media/video/reader_state.h"

namespace faceveil::av {

// Errors: as AnimationReader::open.
Result<std::unique_ptr<VideoReader::State>> open_animation(const std::filesystem::path&);

// Absent at the end. What is transparent is white, as players of films know nothing of it.
Result<std::optional<VideoUnit>> next_of_animation(VideoReader::State&);

}  // namespace faceveil::av
