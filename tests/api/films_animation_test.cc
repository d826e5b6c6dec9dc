// Animated GIF and WebP over HTTP: as films they stay what they are, with all their pictures; as
// pictures they are refused, because one of many is not what was sent.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "base/sha256.h"
#include "media/animation.h"
#include "plan/plan_json.h"
#include "tests/api/documented.h"
#include "tests/api/film_files.h"
#include "tests/api/job_client.h"
#include "tests/support/drawn_animations.h"
#include "tests/support/drawn_pictures.h"
#include "tests/support/temporary_folder.h"

namespace faceveil::test {
namespace {

using nlohmann::json;

constexpr Size picture_size = {240, 180};
constexpr int durations_ms[] = {70, 200, 120, 40, 300};
constexpr int plays = 3;
// All that is ever hidden in the tests that say themselves where: the face is in it.
constexpr Rect hidden = {30, 20, 150, 140};

Image with_alpha(const Image& rgb) {
  Image image = Image::create(PixelFormat::rgba8, rgb.size()).value();
  const uint8_t* from = rgb.row<uint8_t>(0);
  uint8_t* to = image.row<uint8_t>(0);
  for (size_t i = 0; i < rgb.size_bytes(); i += 3, to += 4) {
    std::copy_n(from + i, 3, to);
    to[3] = 255;
  }
  return image;
}

// A face walks through pictures that last differently long; a mark at the side says which they are.
// `disguised`: something else is where the tests hide.
std::vector<DrawnFrame> walk(bool disguised = false) {
  std::vector<DrawnFrame> frames;
  for (const int duration_ms : durations_ms) {
    const auto at = static_cast<float>(frames.size());
    Image image = Image::create(PixelFormat::rgb8, picture_size).value();
    std::fill_n(image.row<uint8_t>(0), image.size_bytes(), uint8_t{150});
    draw_face(image, {50 + 6 * at, 40, 80, 100});
    for (int y = 4; y < 12; ++y) {
      for (int x = 0; x < 12; ++x) {
        image.row<uint8_t>(y)[3 * (x + 20 * static_cast<int>(at))] = 30;
      }
    }
    for (int y = 20; disguised && y < 160; ++y) {
      for (int x = 30; x < 180; ++x)
        image.row<uint8_t>(y)[3 * x + 1] = static_cast<uint8_t>(10 * (1 + x * y % 9));
    }
    DrawnFrame frame;
    frame.image = with_alpha(image);
    frame.duration_ms = duration_ms;
    frames.push_back(std::move(frame));
  }
  return frames;
}

class AnimationJobs : public InTemporaryFolder, public testing::WithParamInterface<StillFormat> {
 protected:
  AnimationJobs() : client_(server_.client()) {}

  std::string extension() const { return std::string(format_extension(GetParam())); }
  std::string mime_type() const { return std::string(format_mime_type(GetParam())); }

  std::string file_of(const std::vector<DrawnFrame>& frames) const {
    const Bytes file = GetParam() == StillFormat::gif ? gif_of(picture_size, frames, plays, true)
                                                      : webp_of(picture_size, frames, plays, true);
    return std::string(as_text(file));
  }

  std::string start(const std::string& file, const std::string& query) {
    const auto answer = client_.http().Post("/api/v1/jobs?" + query, file, mime_type());
    EXPECT_TRUE(answer && answer->status == 202) << (answer ? answer->body : "");
    return answer ? json::parse(answer->body).value("id", "") : "";
  }
  std::string start(const std::vector<DrawnFrame>& frames, const std::string& query) {
    return start(file_of(frames), "name=walk." + extension() + "&" + query);
  }

  json plan(const std::string& id) { return json::parse(client_.get(job_path + "/plan", id).body); }

  AnimationReader open(const std::string& file) {
    const auto path = folder_ / "animation";
    EXPECT_TRUE(write_file(path, as_bytes(file), Overwrite::allow));
    return AnimationReader::open(path).value();
  }

  // The result once a person has said that just this is to be hidden.
  std::string hidden_in(const std::vector<DrawnFrame>& frames, const Rect& box) {
    const std::string id = start(frames, "review=true&" + quickest);
    EXPECT_EQ(client_.wait_for(id, {"review", "failed"})["state"], "review");
    const json corner = {{"x", box.x}, {"y", box.y}, {"width", box.width}, {"height", box.height}};
    const auto keyframe = [&](int64_t at) {
      return json{{"time_us", at}, {"box", corner}, {"score", 1}};
    };
    const json track = {{"id", 1},
                        {"decision", "hide"},
                        {"effect", "veil"},
                        {"shape", "rectangle"},
                        {"grow", 0},
                        {"origin", "person"},
                        {"needs_review", false},
                        {"note", ""},
                        {"keyframes", {keyframe(0), keyframe(10'000'000)}}};
    const json change = {{"tracks", {track}}};
    const auto changed = client_.patch(job_path + "/plan", id, "1", change.dump());
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(client_.post(job_path + "/apply", id).status, 202);
    const json job = client_.wait_for(id, {"review"});
    EXPECT_EQ(job["result_revision"], job["revision"]) << job;
    return client_.get(job_path + "/result", id).body;
  }

  ApiServer server_;
  JobClient client_;
};

bool is_in(const std::vector<Region>& regions, int x, int y) {
  return std::ranges::any_of(regions, [&](const Region& region) {
    const Rect& box = region.box;
    const auto px = static_cast<float>(x), py = static_cast<float>(y);
    return px >= box.x - 1 && px <= box.right() && py >= box.y - 1 && py <= box.bottom();
  });
}

// Pixels that differ outside the regions, and inside.
struct Changes {
  int outside = 0, inside = 0;
};

Changes changes(const Image& before, const Image& after, const std::vector<Region>& regions) {
  Changes count;
  for (int y = 0; y < picture_size.height; ++y) {
    for (int x = 0; x < picture_size.width; ++x) {
      const bool same = std::equal(before.row<uint8_t>(y) + ptrdiff_t{4} * x,
                                   before.row<uint8_t>(y) + ptrdiff_t{4} * x + 4,
                                   after.row<uint8_t>(y) + ptrdiff_t{4} * x);
      (is_in(regions, x, y) ? count.inside : count.outside) += !same;
    }
  }
  return count;
}

TEST_P(AnimationJobs, IsHiddenInEveryPictureAndStaysWhatItIs) {
  const std::vector<DrawnFrame> frames = walk();
  const std::string id = start(frames, quick_search);
  const json job = client_.wait_for(id, {"done", "failed"});
  ASSERT_EQ(job["state"], "done") << job;
  EXPECT_EQ(job["frames"], std::size(durations_ms));
  EXPECT_EQ(job["result_name"], "walk-hidden." + extension());
  const auto result = client_.get(job_path + "/result", id);
  ASSERT_EQ(result.status, 200);
  EXPECT_EQ(result.get_header_value("Content-Type"), mime_type());
  const json report = json::parse(client_.get(job_path + "/report", id).body);
  EXPECT_EQ(report["film"]["frames_hidden_in"], std::size(durations_ms));
  EXPECT_EQ(report["verify"]["clean"], true) << report["verify"];

  const RedactionPlan made = parse_plan(plan(id).dump()).value();
  AnimationReader reader = open(result.body);
  EXPECT_EQ(reader.info().format, GetParam());
  EXPECT_EQ(reader.info().plays, plays);
  EXPECT_TRUE(reader.info().words.empty());
  for (const DrawnFrame& frame : frames) {
    const auto picture = reader.next().value();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->duration_ms, frame.duration_ms);
    const Changes changed = changes(frame.image, picture->image, regions_at(made, picture->time));
    EXPECT_EQ(changed.outside, 0);
    EXPECT_GT(changed.inside, 80 * 100 / 2);
  }
  EXPECT_FALSE(reader.next().value());
}

TEST_P(AnimationJobs, SaysNothingOfWhatIsHidden) {
  const std::vector<DrawnFrame> face = walk(), other = walk(/*disguised=*/true);
  ASSERT_TRUE(file_of(face) != file_of(other));
  const std::string one = hidden_in(face, hidden);
  EXPECT_TRUE(one == hidden_in(other, hidden));
  EXPECT_TRUE(one != hidden_in(face, {30, 20, 150, 120}));
}

// What it is, its content says.
TEST_P(AnimationJobs, StaysWhatItIsWhateverItIsCalled) {
  for (const std::string name : {"walk.mp4", "walk.jpg", "walk.gif", "walk.webp", "walk", ""}) {
    const std::string id = start(file_of(walk()), "name=" + name + "&" + quickest);
    const json job = client_.wait_for(id, {"done", "failed"});
    ASSERT_EQ(job["state"], "done") << job;
    const std::string stem = name.empty() ? "picture" : "walk";
    EXPECT_EQ(job["result_name"], stem + "-hidden." + extension()) << name;
    const auto result = client_.get(job_path + "/result", id);
    EXPECT_EQ(result.get_header_value("Content-Type"), mime_type()) << name;
    EXPECT_EQ(open(result.body).info().format, GetParam()) << name;
  }
}

TEST_P(AnimationJobs, APersonSeesItPictureByPicture) {
  const std::string id = start(walk(), "review=true&" + quick_search);
  ASSERT_EQ(client_.wait_for(id, {"review", "failed"})["state"], "review");
  std::vector<std::string> pictures;
  for (std::string at = "0"; pictures.size() < std::size(durations_ms);) {
    const auto picture = client_.http().Get("/api/v1/jobs/" + id + "/frames?time_us=" + at);
    ASSERT_TRUE(picture && picture->status == 200);
    EXPECT_EQ(std::ranges::count(pictures, picture->body), 0);
    pictures.push_back(picture->body);
    at = picture->get_header_value("FaceVeil-Next");
  }
}

TEST_P(AnimationJobs, IsNoPictureOfWhichTheFirstWouldBeLeft) {
  const std::string file = file_of(walk());
  for (const std::string route : {"/api/v1/hide", "/api/v1/detect", "/api/v1/plan",
                                  "/api/v1/hide?format=gif", "/upload?format=same"}) {
    const auto answer = client_.http().Post(route, form(file, "walk.gif"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 415) << route;
    EXPECT_NE(answer->body.find("send it as a film"), std::string::npos) << answer->body;
    EXPECT_EQ(undocumented("post", route.substr(0, route.find('?')), *answer), "");
  }
  RedactionPlan of_nothing;
  of_nothing.source = {sha256_hex(as_bytes(file)), picture_size};
  const auto applied = client_.http().Post(
      "/api/v1/apply", form(file, "walk.gif", {{"plan", format_plan(of_nothing)}}));
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->status, 415) << applied->body;
  const json job = client_.wait_for(client_.create({file}), {"done", "review"});
  EXPECT_EQ(job["files"][0]["state"], "failed");
  EXPECT_NE(job["files"][0]["error"].get<std::string>().find("send it as a film"),
            std::string::npos);
}

TEST_P(AnimationJobs, GivesItsFirstPictureOnlyToWhoAsksForAStillAndSaysSo) {
  for (const std::string route : {"/api/v1/hide?format=png", "/upload"}) {
    const auto answer = client_.http().Post(route, form(file_of(walk()), "walk.gif"));
    ASSERT_TRUE(answer && answer->status == 200) << route;
    EXPECT_EQ(answer->get_header_value("FaceVeil-Faces"), "1");
    EXPECT_EQ(json::parse(answer->get_header_value("FaceVeil-Notes")),
              json({"This is an animation; only its first picture is in the output."}));
    EXPECT_EQ(undocumented("post", route.substr(0, route.find('?')), *answer), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, AnimationJobs,
                         testing::Values(StillFormat::gif, StillFormat::webp),
                         [](const auto& each) { return std::string(format_name(each.param)); });

}  // namespace
}  // namespace faceveil::test
