// Which of libav's encoders writes a sound, and how. Private to media.
#pragma once

#include "media/audio/libav.h"

namespace faceveil::libav {

// Null where there is none.
const AVCodec* find_sound_encoder(AVCodecID);

// The decoder's sample format where the encoder has it, else the encoder's first.
AVSampleFormat sample_format_of(const AVCodec& encoder, AVSampleFormat wanted);

// About the quality of the input, for an encoder that is not open yet.
void set_quality(AVCodecContext& encoder, const AVCodecParameters& input);

}  // namespace faceveil::libav
