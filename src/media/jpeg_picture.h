// A JPEG picture as coefficients (ITU-T T.81): read by one entropy decode, changed block by block,
// written by one entropy encode. Every block that nobody sets keeps its coefficients bit for bit,
// as do the quantisation tables and the sampling; baseline stays baseline, progressive progressive,
// and the restart interval stays.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "media/image.h"
#include "media/orientation.h"
#include "media/still.h"

namespace faceveil {

// Why a JPEG file cannot be worked on in this way, but has to be decoded to pixels and encoded
// again.
enum class JpegObstacle : uint8_t {
  arithmetic,   // Arithmetic coding (T.81, annex D).
  inks,         // CMYK or YCCK.
  components,   // Another number of colour components than 1 or 3.
  sampling,     // An MCU of more than ten blocks cannot be written in one scan (B.2.3).
  size,         // More coefficients than base/limits.h allows to keep.
  stray_bytes,  // Bytes that belong to no segment stand before the picture.
  tables,       // A quantisation table was replaced between scans, is missing or holds zeros.
  range,        // Coefficients beyond what 8-bit files may hold; found only when writing.
};

// One English sentence; its Chinese twin is in messages_zh.cc.
std::string_view obstacle_sentence(JpegObstacle);

inline constexpr int jpeg_block_side = 8;
inline constexpr size_t jpeg_block_values = 64;

// The samples of one block, row by row, in [0, 255]; not rounded.
using JpegSamples = std::array<float, jpeg_block_values>;
// Quantised, row by row (not in zigzag order); the first is the mean.
using JpegCoefficients = std::array<int16_t, jpeg_block_values>;
using JpegQuantisation = std::array<uint16_t, jpeg_block_values>;

enum class JpegColours : uint8_t { gray, ycc, rgb };

// One component's grid, in the stored orientation.
struct JpegComponent {
  int mcu_blocks_across = 1, mcu_blocks_down = 1;  // Blocks of one MCU.
  int pixels_across = 1, pixels_down = 1;          // That one sample covers.
  Size samples;                                    // That show picture.
  Size blocks;                                     // That hold them; the last may be filled up.
  JpegQuantisation quantisation = {};              // Divisors, row by row; none is 0.
};

class JpegPicture {
 public:
  // Reads the whole file. Where there is an obstacle(), only the header's facts are known, and the
  // functions marked * below must not be called. Errors: as decode_still.
  static Result<JpegPicture> read(BytesView file);

  // How the coefficients are held: of baseline files by an index into their bits, where nothing is
  // in the way of that, or decoded into arrays as of all others. That changes the time, and no byte
  // of what is written: tests hold the one to the other.
  enum class Coefficients : uint8_t { indexed, arrays };
  static Result<JpegPicture> read(BytesView file, Coefficients);
  Coefficients held() const;

  JpegPicture(JpegPicture&&) noexcept;
  JpegPicture& operator=(JpegPicture&&) noexcept;
  ~JpegPicture();

  std::optional<JpegObstacle> obstacle() const;
  Size stored_size() const;
  Orientation orientation() const;

  JpegColours colours() const;                        // *
  std::span<const JpegComponent> components() const;  // * One, or three in the order of colours().
  Size mcu_pixels() const;                            // *
  Size mcu_count() const;                             // *

  // * The same as decode_still(file): upright pixels, profile, traits. Errors: over_limit.
  Result<Still> decode() const;

  // * The upright picture with sides 1/denominator as long, rounded up, straight from the lowest
  // coefficients: grey8 or rgb8. `denominator` is 1, 2, 4 or 8. Errors: over_limit.
  Result<Image> reduced(int denominator) const;

  // * Block (x, y) of a component, in its `blocks`.
  JpegCoefficients coefficients(size_t component, int x, int y) const;
  JpegSamples samples(size_t component, int x, int y) const;
  // How many MCUs are not coefficient by coefficient those of the other picture, which has the same
  // sizes and sampling; without those that are `passed_over`, row by row. If the other's are held
  // indexed, as they were when it was read, whatever changed since.
  size_t different_mcus(const JpegPicture& other, const std::vector<bool>& passed_over) const;
  // Transforms and quantises with the file's own tables, always rounded alike: same samples, same
  // coefficients.
  void set_samples(size_t component, int x, int y, const JpegSamples&);

  // * Whether the picture can be turned upright without a loss: sides that are mirrored must be
  // made of whole MCUs.
  bool turns_losslessly() const;

  // * The file, with `kept` and otherwise what copy_with_metadata keeps. `upright`: turned (which
  // turns_losslessly() must allow); else the orientation stays as a tag. Huffman tables: the
  // standard's where the input has those, else the best for the new coefficients, so that nothing
  // of what was replaced is left in them. Errors: unsupported (coefficients beyond what 8-bit files
  // may hold).
  Result<Bytes> write(bool upright, const Metadata& kept = {}) const;

 private:
  struct State;
  explicit JpegPicture(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace faceveil
