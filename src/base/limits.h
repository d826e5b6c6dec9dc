// Every limit of the program, in one table, each with its reason. Checked before memory is taken.
#pragma once

#include <cstdint>

namespace faceveil::limits {

// A file or an upload. The largest camera JPEG is about 60 MB, a 16-bit 100-megapixel TIFF 600 MB;
// what lies between serves nobody on the page, and the bytes are held in memory.
inline constexpr int64_t input_bytes_max = 256LL << 20;

// Width and height: the largest that JPEG can say (ITU-T T.81, 16 bits), and libjpeg-turbo's own
// limit.
inline constexpr int side_pixels_max = 65'500;

// 20,000 x 20,000: scans of maps, and of group photographs on glass plates, in grey. Colour
// pictures end earlier, by the bytes below: at 134 megapixels of 8-bit RGB. The largest cameras
// sold have 102.
inline constexpr int64_t picture_pixels_max = 400'000'000;

// Decoded pixels of one picture. With the second copy that turning it upright takes, a hostile file
// stays below 1 GiB.
inline constexpr int64_t picture_bytes_max = 384LL << 20;

// An ICC profile: printers' device-link profiles reach 4 MB.
inline constexpr int64_t icc_profile_bytes_max = 8LL << 20;

// Scans of a progressive JPEG. Encoders write about 10; thousands over a large frame are an attack
// on time ("JPEG scan bomb").
inline constexpr int jpeg_scans_max = 100;

// Parts of a file beside its picture that are listed. The most talkative camera file has some
// hundred.
inline constexpr int metadata_findings_max = 10'000;

// Chunks of a PNG or WebP file: they are listed before they are looked at, at some 50 bytes each,
// and one can be as short as 8. Those of libpng hold 8 kB, of which a file has 33,000 at most.
inline constexpr int64_t picture_parts_max = 1'000'000;

// One block of metadata that is opened to look into it (XMP, a text, an item of HEIF): far above
// what stands in one segment of JPEG. What is longer is taken for a picture.
inline constexpr int64_t metadata_block_bytes_max = 1LL << 20;

// All of them in one file, counting those that are pointed to again and again, and 64 bytes for
// each entry of a TIFF directory.
inline constexpr int64_t metadata_work_bytes_max = 64LL << 20;

// A plan document: five faces that move for an hour of film take about 8 MB.
inline constexpr int64_t plan_bytes_max = 32LL << 20;

// A model file: the networks that we know have at most 6 MB.
inline constexpr int64_t model_bytes_max = 64LL << 20;

// What an ONNX file holds beside its weights: names and shapes, 30 kB in the network that we know.
// Each few bytes of it become an object of some hundred bytes in memory.
inline constexpr int64_t onnx_structure_bytes_max = 1LL << 20;

// Values of one tensor; keeps a malformed model from asking for all memory.
inline constexpr int64_t tensor_values_max = 1LL << 28;

// Pixels that a face network looks at in one go; more are cut into strips. A network takes about 60
// bytes of working memory a pixel, for each thread.
inline constexpr int64_t strip_pixels_max = 2'500'000;

// Width and height of one strip: below side_pixels_max with room for the strips' overlap.
inline constexpr int strip_side_pixels_max = 32'768;

// Working memory of a network at one size: 17 megapixels in one piece.
inline constexpr int64_t network_bytes_max = 1LL << 30;

// Working memory that a model keeps between pictures: enough for two of the largest strips at a
// time. What more takes goes back to the system.
inline constexpr int64_t idle_network_bytes_max = 320LL << 20;

// Regions given by hand on the command line or in a plan.
inline constexpr int regions_max = 100'000;

// A truth file for judging detectors, and the faces labelled in it: WIDER FACE's training part, the
// largest that we know, has 160,000 in 7 MB.
inline constexpr int64_t truth_bytes_max = 64LL << 20;
inline constexpr int truth_faces_max = 1'000'000;

// Faces on a contact sheet: more than a person looks at, and a picture of 7 megapixels.
inline constexpr int sheet_faces_max = 500;

// Requests that may wait for a processor while others are worked on; one more is answered with 503.
inline constexpr int server_waiting_max = 64;

// Of one sound: a day. A few bytes of FLAC can stand for seconds of silence.
inline constexpr int64_t sound_seconds_max = 86'400;

// One picture of a film: 8K (7680 x 4320) and its neighbours. A decoder holds up to 17 of them, an
// encoder some 50 smaller ones more.
inline constexpr int64_t video_pixels_max = 36'000'000;

// One picture of an animated GIF or WebP: twice 4K. Some ten of them are in memory, four bytes a
// pixel.
inline constexpr int64_t animation_pixels_max = 16'000'000;

// Pictures of one: a quarter of an hour, ten a second; all that may stand beside so many can still
// be listed (metadata_findings_max). And their rows: libvips' longest picture.
inline constexpr int64_t animation_pictures_max = 9'000;
inline constexpr int64_t animation_rows_max = 10'000'000;

// Coded sound of a film that comes before its first picture and must wait for it: an hour of it at
// 128 kbit/s. Films have a second or so; what has more is not one, or means to fill the memory.
inline constexpr int64_t waiting_sound_bytes_max = 64LL << 20;

// Streams in one film: cameras write up to about ten.
inline constexpr int video_streams_max = 64;

}  // namespace faceveil::limits
