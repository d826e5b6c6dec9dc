// What a running server makes of POST /upload for a 1080p JPEG, against libjpeg-turbo alone, which
// decodes and encodes the same file with the same settings. Both in turns, so that a busy machine
// troubles both alike.
//
//   upload_benchmark PORT [JPEG]     PORT: of a server on 127.0.0.1. upload_benchmark.sh starts
//   one.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>  // Before jpeglib.h, which needs it and does not include it.
//
#include <jpeglib.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"
#include "media/still.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil {
namespace {

constexpr int warm_up_rounds = 5, rounds = 41;
constexpr int quality = 95;  // Of encode_still.

// The share of the two that the design promises.
constexpr double ratio_promised = 1.6;

template <typename T>
T must(Result<T> result) {
  if (result) return take(std::move(result));
  std::fprintf(stderr, "%s\n", result.error().message().c_str());
  std::exit(2);
}

// Sensor noise, without which a drawn picture would be far smaller than a photograph of its size.
void add_noise(Image& image) {
  std::minstd_rand random(1);
  for (int y = 0; y < image.size().height; ++y) {
    uint8_t* row = image.row<uint8_t>(y);
    for (ptrdiff_t i = 0; i < image.stride_bytes(); ++i) {
      const int noise = static_cast<int>(random() >> 8) % 9 - 4;
      row[i] = static_cast<uint8_t>(std::clamp(row[i] + noise, 0, 255));
    }
  }
}

// Three people in front of a wall, 1920 x 1080, as a camera would store it (4:2:0).
Bytes drawn_photograph() {
  Still still;
  still.image = test::gradient_picture(PixelFormat::rgb8, {1920, 1080});
  test::draw_face(still.image, {.x = 240, .y = 300, .width = 300, .height = 360});
  test::draw_face(still.image, {.x = 820, .y = 200, .width = 360, .height = 440});
  test::draw_face(still.image, {.x = 1420, .y = 340, .width = 240, .height = 300});
  add_noise(still.image);
  return must(encode_still(still, StillFormat::jpeg));
}

// One connection, kept alive, with requests prepared in advance: what is measured is the server.
class UploadClient {
 public:
  UploadClient(uint16_t port, BytesView picture) : request_(make_request(port, picture)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~UploadClient() { close(socket_); }
  UploadClient(const UploadClient&) = delete;
  UploadClient& operator=(const UploadClient&) = delete;

  // Sends the picture and takes the whole answer; its head comes back, empty on failure.
  std::string upload() {
    if (!connected_ || !send_request()) return {};
    size_t head_bytes = std::string::npos;
    size_t answer_bytes = std::string::npos;
    size_t got = 0;
    while (got < answer_bytes) {
      if (answer_.size() - got < (1 << 16)) answer_.resize(2 * answer_.size());
      const ssize_t more = recv(socket_, answer_.data() + got, answer_.size() - got, 0);
      if (more <= 0) return {};
      got += static_cast<size_t>(more);
      if (head_bytes != std::string::npos) continue;
      const std::string_view so_far = std::string_view(answer_).substr(0, got);
      if ((head_bytes = so_far.find("\r\n\r\n")) == std::string::npos) continue;
      answer_bytes = head_bytes + 4 + body_bytes(so_far.substr(0, head_bytes));
    }
    return answer_.substr(0, head_bytes);
  }

 private:
  static std::string make_request(uint16_t port, BytesView picture) {
    const std::string boundary = "----faceveil-benchmark";
    std::string body = "--" + boundary +
                       "\r\nContent-Disposition: form-data; name=\"image\"; "
                       "filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    body.append(as_text(picture)).append("\r\n--" + boundary + "--\r\n");
    std::string head = "POST /upload HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port);
    head += "\r\nContent-Type: multipart/form-data; boundary=" + boundary;
    head += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return head + body;
  }

  bool send_request() {
    size_t sent = 0;
    while (sent < request_.size()) {
      const ssize_t more = send(socket_, request_.data() + sent, request_.size() - sent, 0);
      if (more <= 0) return false;
      sent += static_cast<size_t>(more);
    }
    return true;
  }

  static size_t body_bytes(std::string_view head) {
    constexpr std::string_view name = "Content-Length: ";
    const size_t at = head.find(name);
    size_t bytes = 0;
    if (at == std::string_view::npos) return 0;
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), bytes);
    return bytes;
  }

  std::string request_;
  std::string answer_ = std::string(1 << 20, '\0');
  int socket_ = -1;
  bool connected_ = false;
};

// The comparison: libjpeg-turbo as its own example has it, with all memory kept between rounds.
class PlainJpeg {
 public:
  PlainJpeg() {
    decoder_.err = jpeg_std_error(&errors_);
    encoder_.err = &errors_;
    jpeg_create_decompress(&decoder_);
    jpeg_create_compress(&encoder_);
  }
  ~PlainJpeg() {
    jpeg_destroy_decompress(&decoder_);
    jpeg_destroy_compress(&encoder_);
    std::free(encoded_);
  }
  PlainJpeg(const PlainJpeg&) = delete;
  PlainJpeg& operator=(const PlainJpeg&) = delete;

  void decode(BytesView bytes) {
    jpeg_mem_src(&decoder_, as_u8(bytes), bytes.size());
    jpeg_read_header(&decoder_, TRUE);
    decoder_.out_color_space = JCS_RGB;
    remember_sampling();
    jpeg_start_decompress(&decoder_);
    pixels_.resize(size_t{3} * decoder_.output_width * decoder_.output_height);
    while (decoder_.output_scanline < decoder_.output_height) {
      JSAMPROW row = row_at(decoder_.output_scanline);
      jpeg_read_scanlines(&decoder_, &row, 1);
    }
    jpeg_finish_decompress(&decoder_);
  }

  void encode() {
    jpeg_mem_dest(&encoder_, &encoded_, &encoded_bytes_);
    encoder_.image_width = decoder_.output_width;
    encoder_.image_height = decoder_.output_height;
    encoder_.input_components = 3;
    encoder_.in_color_space = JCS_RGB;
    jpeg_set_defaults(&encoder_);
    jpeg_set_quality(&encoder_, quality, TRUE);
    apply_sampling();
    jpeg_start_compress(&encoder_, TRUE);
    while (encoder_.next_scanline < encoder_.image_height) {
      JSAMPROW row = row_at(encoder_.next_scanline);
      jpeg_write_scanlines(&encoder_, &row, 1);
    }
    jpeg_finish_compress(&encoder_);
  }

 private:
  // The subsampling of the input, as encode_still keeps it; the decoder forgets it at its end.
  void remember_sampling() {
    for (int i = 0; i < std::min(3, decoder_.num_components); ++i) {
      across_[i] = decoder_.comp_info[i].h_samp_factor;
      down_[i] = decoder_.comp_info[i].v_samp_factor;
    }
  }

  void apply_sampling() {
    for (int i = 0; i < 3; ++i) {
      encoder_.comp_info[i].h_samp_factor = across_[i];
      encoder_.comp_info[i].v_samp_factor = down_[i];
    }
    if (decoder_.progressive_mode) jpeg_simple_progression(&encoder_);
  }

  JSAMPROW row_at(JDIMENSION y) { return pixels_.data() + size_t{3} * decoder_.output_width * y; }

  jpeg_error_mgr errors_{};
  jpeg_decompress_struct decoder_{};
  jpeg_compress_struct encoder_{};
  int across_[3] = {1, 1, 1}, down_[3] = {1, 1, 1};
  std::vector<uint8_t> pixels_;
  unsigned char* encoded_ = nullptr;
  unsigned long encoded_bytes_ = 0;
};

template <typename Work>
double milliseconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const auto end = std::chrono::steady_clock::now();
  return std::chrono::duration<double, std::milli>(end - start).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

// The best is what a busy machine distorts least.
void print_times(const char* what, const std::vector<double>& times_ms) {
  std::printf("%-36s median %7.2f ms, best %7.2f ms of %zu\n", what, median(times_ms),
              *std::ranges::min_element(times_ms), times_ms.size());
}

// Lines of the answer that say what the server did with the picture.
void print_answer(const std::string& head) {
  for (const std::string_view name : {"FaceVeil-Faces", "FaceVeil-Unchanged", "Server-Timing"}) {
    const size_t begin = head.find(name);
    if (begin == std::string::npos) continue;
    std::printf("  %s\n", head.substr(begin, head.find("\r\n", begin) - begin).c_str());
  }
}

int run(uint16_t port, const Bytes& picture) {
  UploadClient client(port, picture);
  PlainJpeg plain;
  std::vector<double> upload_ms, plain_ms;
  std::string head;
  for (int round = 0; round < warm_up_rounds + rounds; ++round) {
    const double upload_time = milliseconds_of([&] { head = client.upload(); });
    if (!head.starts_with("HTTP/1.1 200")) {
      std::fprintf(stderr, "The server did not answer with a picture:\n%s\n", head.c_str());
      return 2;
    }
    const double plain_time = milliseconds_of([&] {
      plain.decode(picture);
      plain.encode();
    });
    if (round < warm_up_rounds) continue;
    upload_ms.push_back(upload_time);
    plain_ms.push_back(plain_time);
  }
  const double ratio = median(upload_ms) / median(plain_ms);
  std::printf("picture: %zu bytes\nlast answer:\n", picture.size());
  print_answer(head);
  print_times("POST /upload, warm:", upload_ms);
  print_times("libjpeg-turbo, decode and encode:", plain_ms);
  std::printf("ratio of the medians: %.2f (promised: at most %.2f)\n", ratio, ratio_promised);
  return ratio <= ratio_promised ? 0 : 1;
}

}  // namespace
}  // namespace faceveil

int main(int argc, char** argv) {
  using namespace faceveil;
  const int port = argc > 1 ? std::atoi(argv[1]) : 0;
  if (port < 1 || port > 65535 || argc > 3) {
    std::fprintf(stderr, "usage: %s PORT [JPEG]\n", argv[0]);
    return 2;
  }
  const Bytes picture =
      argc == 3 ? must(read_file(argv[2], limits::input_bytes_max)) : drawn_photograph();
  return run(static_cast<uint16_t>(port), picture);
}
