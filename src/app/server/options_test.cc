#include "app/server/options.h"

#include <gtest/gtest.h>

namespace faceveil {
namespace {

Result<WorkOptions> parse(const Fields& fields) {
  return parse_options(fields, hide_option_names(), {});
}

TEST(Options, DefaultsHold) {
  const auto options = parse({});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->plan.effect, Effect::veil);
  EXPECT_EQ(options->plan.score_min, 0.2f);
  EXPECT_FALSE(options->apply.format.has_value());
}

TEST(Options, AllAreRead) {
  const auto options = parse({{"effect", "mosaic"},
                              {"shape", "rectangle"},
                              {"grow", "0.5"},
                              {"threshold", "0.75"},
                              {"frame", "true"},
                              {"detector", "blazeface-short"},
                              {"search", "quick"},
                              {"format", "png"}});
  ASSERT_TRUE(options) << options.error().message();
  EXPECT_EQ(options->plan.effect, Effect::mosaic);
  EXPECT_EQ(options->plan.shape, Shape::rectangle);
  EXPECT_EQ(options->plan.grow, 0.5f);
  EXPECT_EQ(options->plan.score_min, 0.75f);
  EXPECT_TRUE(options->apply.frame);
  EXPECT_EQ(options->detector, DetectorId::blazeface_short);
  EXPECT_EQ(options->apply.format, StillFormat::png);
}

TEST(Options, SameMeansTheInputsFormatWhateverTheDefault) {
  WorkOptions defaults;
  defaults.apply.format = StillFormat::jpeg;
  const auto same = parse_options({{"format", "same"}}, hide_option_names(), defaults);
  ASSERT_TRUE(same);
  EXPECT_FALSE(same->apply.format.has_value());
}

TEST(Options, EveryBadValueNamesItsOption) {
  const Fields bad = {{"effect", "invisible"}, {"effect", ""},       {"shape", "star"},
                      {"grow", "-0.1"},        {"grow", "2.1"},      {"grow", "nan"},
                      {"grow", "1,5"},         {"threshold", "0"},   {"threshold", "1.01"},
                      {"threshold", "inf"},    {"threshold", " 1"},  {"threshold", "0.5x"},
                      {"frame", "yes"},        {"detector", "none"}, {"search", "slow"},
                      {"format", "exe"},       {"unknown", "1"},     {"Effect", "veil"}};
  for (const auto& [name, value] : bad) {
    const auto options = parse({{name, value}});
    ASSERT_FALSE(options.has_value()) << name << "=" << value;
    EXPECT_EQ(options.error().kind, Error::Kind::bad_input) << name << "=" << value;
    EXPECT_EQ(options.error().subject, name) << value;
  }
}

TEST(Options, OnceOnly) { EXPECT_FALSE(parse({{"grow", "1"}, {"grow", "1"}}).has_value()); }

TEST(Options, LookingKnowsOnlyItsOwn) {
  EXPECT_TRUE(parse_options({{"threshold", "0.5"}}, detect_option_names(), {}).has_value());
  EXPECT_FALSE(parse_options({{"effect", "veil"}}, detect_option_names(), {}).has_value());
}

HttpRequest request_with(std::string content_type, std::string_view body) {
  HttpRequest request;
  request.headers = {{"content-type", std::move(content_type)}};
  const BytesView bytes = as_bytes(body);
  request.body.assign(bytes.begin(), bytes.end());
  return request;
}

TEST(Upload, IsTheFieldImageOrTheBody) {
  HttpRequest form =
      request_with("multipart/form-data; boundary=b",
                   "--b\r\nContent-Disposition: form-data; "
                   "name=\"grow\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
                   "form-data; name=\"image\"; filename=\"p.png\"\r\n\r\nPIXELS\r\n--b--\r\n");
  form.query = {{"frame", "true"}};
  const auto in_form = read_upload(form, BodyKind::form);
  ASSERT_TRUE(in_form) << in_form.error().message();
  EXPECT_EQ(as_text(in_form->bytes), "PIXELS");
  EXPECT_EQ(in_form->file_name, "p.png");
  EXPECT_EQ(in_form->options, (Fields{{"frame", "true"}, {"grow", "1"}}));

  const HttpRequest raw = request_with("image/png", "PIXELS");
  const auto as_body = read_upload(raw, BodyKind::form_or_picture);
  ASSERT_TRUE(as_body);
  EXPECT_EQ(as_text(as_body->bytes), "PIXELS");
  EXPECT_FALSE(read_upload(raw, BodyKind::form).has_value());
}

TEST(Upload, MissingEmptyAndDoubledPicturesAreErrors) {
  const std::string head = "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n";
  for (const std::string& body : {std::string("--b--"), head + "\r\n--b--",
                                  head + "1\r\n" + head + "2\r\n--b--", std::string("nonsense")}) {
    const auto upload =
        read_upload(request_with("multipart/form-data; boundary=b", body), BodyKind::form);
    EXPECT_FALSE(upload.has_value()) << body;
  }
  EXPECT_FALSE(read_upload(request_with("image/png", ""), BodyKind::form_or_picture).has_value());
}

HttpRequest request_with_covers(int count, std::string_view content) {
  std::string body = "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n1\r\n";
  for (int i = 0; i < count; ++i) {
    body += "--b\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"cat.png\"\r\n\r\n" +
            std::string(content) + "\r\n";
  }
  return request_with("multipart/form-data; boundary=b", body + "--b--\r\n");
}

TEST(Upload, TheCoverIsAFileBesideThePicture) {
  const HttpRequest request = request_with_covers(1, "CAT");
  const auto upload = read_upload(request, BodyKind::form);
  ASSERT_TRUE(upload) << upload.error().message();
  EXPECT_EQ(as_text(upload->cover.value()), "CAT");
  EXPECT_EQ(upload->cover_name, "cat.png");
  EXPECT_TRUE(upload->options.empty());
  EXPECT_EQ(read_upload(request_with_covers(2, "CAT"), BodyKind::form).error().subject, "cover");
}

TEST(Upload, ACoverGoesWithTheEffectImageAndNoOther) {
  for (const int count : {0, 1}) {
    for (const Effect effect : {Effect::veil, Effect::image, Effect::blur}) {
      for (const char* content : {"", "CAT"}) {
        const HttpRequest request = request_with_covers(count, content);
        const Upload upload = read_upload(request, BodyKind::form).value();
        WorkOptions options;
        options.plan.effect = effect;
        const bool fits = effect == Effect::image ? count == 1 && *content : count == 0;
        const Status status = check_cover(upload.cover, options);
        EXPECT_EQ(status.has_value(), fits);
        if (!status) {
          EXPECT_EQ(status.error().subject, "cover");
        }
      }
    }
  }
}

}  // namespace
}  // namespace faceveil
