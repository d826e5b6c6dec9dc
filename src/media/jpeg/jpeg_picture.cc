// Reading: markers, one entropy decode, geometry.
#include "media/jpeg_picture.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/limits.h"
#include "media/jpeg/block_transform.h"
#include "media/jpeg/jpeg_state.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

bool is_one_or_three_colours(const jpeg_decompress_struct& info) {
  const J_COLOR_SPACE space = info.jpeg_color_space;
  return space == JCS_GRAYSCALE || space == JCS_YCbCr || space == JCS_RGB;
}

int blocks_in_mcu(const jpeg_decompress_struct& info) {
  if (info.num_components == 1) return 1;
  int count = 0;
  for (int i = 0; i < info.num_components; ++i) {
    count += info.comp_info[i].h_samp_factor * info.comp_info[i].v_samp_factor;
  }
  return count;
}

// What the header alone tells.
std::optional<JpegObstacle> obstacle_in_header(const JpegReader& reader) {
  const jpeg_decompress_struct& info = reader.info;
  if (info.arith_code) return JpegObstacle::arithmetic;
  if (holds_inks(reader)) return JpegObstacle::inks;
  if (!is_one_or_three_colours(info)) return JpegObstacle::components;
  if (blocks_in_mcu(info) > mcu_blocks_max) return JpegObstacle::sampling;
  if (coefficient_bytes(reader) > limits::picture_bytes_max) return JpegObstacle::size;
  return std::nullopt;
}

// Buffered-image mode keeps the coefficients and can make pixels of them, as often as wanted.
Status read_coefficients(JpegReader& reader, jvirt_barray_ptr*& arrays) {
  jpeg_decompress_struct& info = reader.info;
  info.out_color_space = info.jpeg_color_space == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
  info.buffered_image = TRUE;
  const bool done = guarded(reader.errors, [&] {
    jpeg_start_decompress(&info);
    while (jpeg_consume_input(&info) != JPEG_REACHED_EOI) {
      if (info.input_scan_number > limits::jpeg_scans_max) {
        leave(reinterpret_cast<j_common_ptr>(&info), JpegErrors::too_many_scans);
      }
    }
    arrays = jpeg_read_coefficients(&info);
  });
  if (!done) return jpeg_failure(reader.errors);
  return {};
}

// The table that the component was coded with must be the one that is in its place at the end, for
// that is the one that will be written.
bool has_sound_table(const jpeg_decompress_struct& info, const jpeg_component_info& part) {
  const JQUANT_TBL* const last = info.quant_tbl_ptrs[part.quant_tbl_no];
  const JQUANT_TBL* const used = part.quant_table;
  if (!last || !used) return false;
  return std::equal(std::begin(last->quantval), std::end(last->quantval), used->quantval) &&
         std::find(std::begin(used->quantval), std::end(used->quantval), 0) ==
             std::end(used->quantval);
}

bool has_sound_tables(const jpeg_decompress_struct& info) {
  return std::all_of(info.comp_info, info.comp_info + info.num_components,
                     [&](const auto& part) { return has_sound_table(info, part); });
}

JpegComponent component_of(const jpeg_decompress_struct& info, int index) {
  const jpeg_component_info& part = info.comp_info[index];
  JpegComponent component;
  component.pixels_across = info.max_h_samp_factor / part.h_samp_factor;
  component.pixels_down = info.max_v_samp_factor / part.v_samp_factor;
  // A single component's MCU is one block, whatever its factors say (T.81, A.2.2).
  if (info.num_components > 1) {
    component.mcu_blocks_across = part.h_samp_factor;
    component.mcu_blocks_down = part.v_samp_factor;
  }
  component.samples = {static_cast<int>(part.downsampled_width),
                       static_cast<int>(part.downsampled_height)};
  component.blocks = {static_cast<int>(part.width_in_blocks),
                      static_cast<int>(part.height_in_blocks)};
  const JQUANT_TBL& table = *info.quant_tbl_ptrs[part.quant_tbl_no];
  std::copy(std::begin(table.quantval), std::end(table.quantval), component.quantisation.begin());
  return component;
}

// The same segments in a copy of the file's beginning.
std::vector<JpegSegment> rebased(std::vector<JpegSegment> segments, BytesView file,
                                 BytesView copy) {
  const auto moved = [&](BytesView view) {
    return view.empty() ? BytesView() : copy.subspan(view.data() - file.data(), view.size());
  };
  for (JpegSegment& segment : segments) {
    segment.content = moved(segment.content);
    segment.whole = moved(segment.whole);
  }
  return segments;
}

size_t header_bytes_of(BytesView file, const std::vector<JpegSegment>& segments) {
  const BytesView last = segments.back().whole;
  return static_cast<size_t>(last.data() + last.size() - file.data());
}

void keep_header(BytesView file, const std::vector<JpegSegment>& segments, Bytes& header,
                 std::vector<JpegSegment>& kept) {
  const BytesView whole = file.first(header_bytes_of(file, segments));
  header.assign(whole.begin(), whole.end());
  kept = rebased(segments, file, header);
}

int rounded_up(int value, int divisor) { return (value + divisor - 1) / divisor; }

Size mcu_pixels_of(const JpegComponent& first) {
  return {jpeg_block_side * first.mcu_blocks_across * first.pixels_across,
          jpeg_block_side * first.mcu_blocks_down * first.pixels_down};
}

Size mcu_count_of(const JpegComponent& first, Size picture) {
  const Size mcu = mcu_pixels_of(first);
  return {rounded_up(picture.width, mcu.width), rounded_up(picture.height, mcu.height)};
}

// Headers may name tables that no file can have.
bool names_real_tables(const jpeg_component_info& part) {
  return part.quant_tbl_no < NUM_QUANT_TBLS && part.dc_tbl_no < NUM_HUFF_TBLS &&
         part.ac_tbl_no < NUM_HUFF_TBLS;
}

// Sequential, everything in one scan, all tables there.
bool is_one_whole_scan(const jpeg_decompress_struct& info) {
  if (info.progressive_mode || info.comps_in_scan != info.num_components) return false;
  if (info.Ss != 0 || info.Se != DCTSIZE2 - 1 || info.Ah != 0 || info.Al != 0) return false;
  for (int i = 0; i < info.num_components; ++i) {
    const jpeg_component_info& part = info.comp_info[i];
    if (info.cur_comp_info[i] != &part || !names_real_tables(part)) return false;
    const JQUANT_TBL* const table = info.quant_tbl_ptrs[part.quant_tbl_no];
    if (!table) return false;
    if (std::ranges::count(table->quantval, 0) > 0) return false;
  }
  return true;
}

ScanLayout layout_of(const jpeg_decompress_struct& info) {
  ScanLayout layout;
  for (int i = 0; i < info.num_components; ++i) {
    const jpeg_component_info& part = info.comp_info[i];
    layout.components.push_back(component_of(info, i));
    layout.first_block.push_back(layout.blocks.size());
    const JpegComponent& component = layout.components.back();
    for (int y = 0; y < component.mcu_blocks_down; ++y) {
      for (int x = 0; x < component.mcu_blocks_across; ++x) {
        layout.blocks.push_back({static_cast<uint8_t>(i), static_cast<uint8_t>(part.dc_tbl_no),
                                 static_cast<uint8_t>(part.ac_tbl_no), static_cast<uint8_t>(x),
                                 static_cast<uint8_t>(y)});
      }
    }
  }
  layout.mcu_count = mcu_count_of(layout.components[0], {static_cast<int>(info.image_width),
                                                         static_cast<int>(info.image_height)});
  layout.restart_interval = info.restart_interval;
  return layout;
}

// What stands behind the scan's header, which is behind `header_bytes` of the file.
BytesView coded_data(BytesView file, size_t header_bytes) {
  size_t at = header_bytes;
  while (u8_at(file, at + 1) == 0xff) ++at;  // Fill bytes (B.1.1.2).
  at += 2 + big_u16(file, at + 2);
  return at < file.size() ? file.subspan(at) : BytesView();
}

std::optional<BaselineScan> read_scan(const jpeg_decompress_struct& info, BytesView file,
                                      size_t header_bytes, bool counting) {
  if (!is_one_whole_scan(info)) return std::nullopt;
  ScanTables tables;
  std::ranges::copy(info.dc_huff_tbl_ptrs, tables.dc.begin());
  std::ranges::copy(info.ac_huff_tbl_ptrs, tables.ac.begin());
  return BaselineScan::read(coded_data(file, header_bytes), layout_of(info), tables, counting);
}

}  // namespace

std::string_view obstacle_sentence(JpegObstacle obstacle) {
  switch (obstacle) {
    case JpegObstacle::arithmetic:
      return "The JPEG is arithmetic-coded, so the whole picture was encoded again.";
    case JpegObstacle::inks:
      return "The JPEG holds printing inks (CMYK), so the whole picture was encoded again.";
    case JpegObstacle::components:
      return "The JPEG has an unusual number of colour components, so the whole picture was "
             "encoded again.";
    case JpegObstacle::sampling:
      return "The JPEG's chroma subsampling is unusual, so the whole picture was encoded again.";
    case JpegObstacle::size:
      return "The JPEG is very large, so the whole picture was encoded again.";
    case JpegObstacle::stray_bytes:
      return "The JPEG has stray bytes in its header, so the whole picture was encoded again.";
    case JpegObstacle::tables:
      return "The JPEG's quantisation tables are unusual, so the whole picture was encoded again.";
    case JpegObstacle::range:
      return "The JPEG holds coefficients out of range, so the whole picture was encoded again.";
  }
  return {};
}

const int16_t* JpegPicture::State::block(size_t component, int x, int y) {
  return scan ? scan->block(component, x, y).data() : blocks(component, y, false)[x];
}

int16_t* JpegPicture::State::changing_block(size_t component, int x, int y) {
  return scan ? scan->changing_block(component, x, y).data() : blocks(component, y, true)[x];
}

JBLOCKROW JpegPicture::State::blocks(size_t component, int y, bool writable) {
  const auto info = reinterpret_cast<j_common_ptr>(&reader.info);
  JBLOCKARRAY rows = nullptr;
  const bool done = guarded(reader.errors, [&] {
    rows = reader.info.mem->access_virt_barray(info, arrays[component], static_cast<JDIMENSION>(y),
                                               1, writable);
  });
  CHECK(done);
  return rows[0];
}

Result<JpegPicture> JpegPicture::read(BytesView file) { return read(file, Coefficients::indexed); }

Result<JpegPicture> JpegPicture::read(BytesView file, Coefficients kind) {
  JpegPicture picture(std::make_unique<State>());
  State& state = *picture.state_;
  JpegReader& reader = state.reader;
  TRY(read_header(reader, file));
  state.obstacle = obstacle_in_header(reader);
  state.orientation = read_orientation(reader);
  state.file_bytes = file.size();
  if (state.obstacle) return picture;

  TRY(Image::check(PixelFormat::gray8, reader.stored_size()));
  const auto segments = read_jpeg_header_segments(file);
  if (segments && kind == Coefficients::indexed) {
    state.scan = read_scan(reader.info, file, header_bytes_of(file, *segments), true);
  }
  if (!state.scan) TRY(read_coefficients(reader, state.arrays));
  // From here on `file` is no longer looked at.
  state.icc_profile = TRY(read_icc_profile(reader));
  if (!segments) state.obstacle = JpegObstacle::stray_bytes;
  if (!state.scan && !has_sound_tables(reader.info)) state.obstacle = JpegObstacle::tables;
  if (state.obstacle) return picture;

  keep_header(file, *segments, state.header, state.segments);
  for (int i = 0; i < reader.info.num_components; ++i) {
    state.components.push_back(component_of(reader.info, i));
  }
  state.mcu_pixels = mcu_pixels_of(state.components[0]);
  state.mcu_count = mcu_count_of(state.components[0], picture.stored_size());
  return picture;
}

JpegPicture::JpegPicture(std::unique_ptr<State> state) : state_(std::move(state)) {}
JpegPicture::JpegPicture(JpegPicture&&) noexcept = default;
JpegPicture& JpegPicture::operator=(JpegPicture&&) noexcept = default;
JpegPicture::~JpegPicture() = default;

std::optional<JpegObstacle> JpegPicture::obstacle() const { return state_->obstacle; }
Size JpegPicture::stored_size() const { return state_->reader.stored_size(); }
Orientation JpegPicture::orientation() const { return state_->orientation; }
std::span<const JpegComponent> JpegPicture::components() const { return state_->components; }
Size JpegPicture::mcu_pixels() const { return state_->mcu_pixels; }
Size JpegPicture::mcu_count() const { return state_->mcu_count; }

JpegPicture::Coefficients JpegPicture::held() const {
  return state_->scan ? Coefficients::indexed : Coefficients::arrays;
}

JpegColours JpegPicture::colours() const {
  const J_COLOR_SPACE space = state_->reader.info.jpeg_color_space;
  return space == JCS_GRAYSCALE ? JpegColours::gray
         : space == JCS_RGB     ? JpegColours::rgb
                                : JpegColours::ycc;
}

JpegCoefficients JpegPicture::coefficients(size_t component, int x, int y) const {
  JpegCoefficients values;
  std::copy_n(state_->block(component, x, y), values.size(), values.begin());
  return values;
}

JpegSamples JpegPicture::samples(size_t component, int x, int y) const {
  JpegSamples values;
  inverse_transform(state_->block(component, x, y), state_->components[component].quantisation,
                    jpeg_block_side, jpeg_block_side, values.data());
  return values;
}

void JpegPicture::set_samples(size_t component, int x, int y, const JpegSamples& values) {
  const JpegCoefficients levels =
      forward_transform(values, state_->components[component].quantisation);
  std::copy(levels.begin(), levels.end(), state_->changing_block(component, x, y));
}

size_t JpegPicture::different_mcus(const JpegPicture& other,
                                   const std::vector<bool>& passed_over) const {
  if (state_->scan && other.state_->scan) {
    return state_->scan->different_mcus(*other.state_->scan, passed_over);
  }
  std::vector<bool> differs(passed_over.size());
  for (size_t i = 0; i < components().size(); ++i) {
    const JpegComponent& part = components()[i];
    for (int y = 0; y < part.blocks.height; ++y) {
      for (int x = 0; x < part.blocks.width; ++x) {
        const int mcu = y / part.mcu_blocks_down * mcu_count().width + x / part.mcu_blocks_across;
        const auto place = static_cast<size_t>(mcu);
        if (passed_over[place] || differs[place]) continue;
        differs[place] = coefficients(i, x, y) != other.coefficients(i, x, y);
      }
    }
  }
  return static_cast<size_t>(std::ranges::count(differs, true));
}

}  // namespace faceveil
