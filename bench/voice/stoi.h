// Short-time objective intelligibility (Taal, Hendriks, Heusdens, Jensen, "An Algorithm for
// Intelligibility Prediction of Time-Frequency Weighted Noisy Speech", IEEE Transactions on Audio,
// Speech, and Language Processing 19(7), 2011).
#pragma once

#include <vector>

namespace faceveil::bench {

// How far the loudness of fifteen bands from 134 to 4,300 Hz moves alike in both, over stretches of
// 0.38 s of speech: 1 for the same sound. What has nothing to do with it still gets 0.1 to 0.4, for
// no band counts as much louder than it was, and so follows it. Both at 16 kHz, the second at least
// as long as the first, and of the same moment sample by sample. The paper works at 10 kHz;
// at 16 kHz its frames of 25.6 ms have 410 samples, and the bands are the same. 0 where the sound
// is shorter than a stretch.
double stoi(const std::vector<float>& clean, const std::vector<float>& changed);

}  // namespace faceveil::bench
