// One channel from one sample rate to another, piece by piece, without delay: sample j of the
// output stands at the time j / output rate.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "redact/voice/sinc.h"

namespace faceveil {

class Resampler {
 public:
  Resampler(int input_rate_hz, int output_rate_hz);

  // Appends to `output` all samples that the input up to now decides.
  void push(std::span<const float> input, std::vector<float>& output);

 private:
  float sample_at(int64_t whole, double fraction) const;

  int64_t input_rate_hz_, output_rate_hz_;
  double cutoff_;  // Of the input's Nyquist frequency.
  SincKernel kernel_;
  int64_t reach_;               // Input samples at each side of an output sample.
  std::vector<float> pending_;  // Input from moment `origin_` on.
  int64_t origin_;
  int64_t next_ = 0;  // Output sample to make next.
};

}  // namespace faceveil
