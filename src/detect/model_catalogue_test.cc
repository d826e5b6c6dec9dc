#include "detect/model_catalogue.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

namespace faceveil {
namespace {

TEST(ModelCatalogue, NamesAreReadBack) {
  for (const CatalogueEntry& entry : model_catalogue()) {
    EXPECT_EQ(detector_name(entry.id), entry.name);
    EXPECT_EQ(parse_detector(entry.name), entry.id);
  }
  EXPECT_EQ(parse_search(search_name(Search::quick)), Search::quick);
}

TEST(ModelCatalogue, UnknownNamesAreErrorsThatRepeatThem) {
  const auto detector = parse_detector("blazeface");
  ASSERT_FALSE(detector.has_value());
  EXPECT_NE(detector.error().message().find("\"blazeface\""), std::string::npos);
  EXPECT_FALSE(parse_search("slow").has_value());
}

TEST(ModelCatalogue, AnchorsAreAsManyAsTheNetworksResults) {
  const auto count = [](DetectorId id) {
    const CatalogueEntry& entry = catalogue_entry(id);
    return anchor_centres({entry.side, entry.side}, entry.layers).size();
  };
  EXPECT_EQ(count(DetectorId::blazeface_full), 2304u);
  EXPECT_EQ(count(DetectorId::blazeface_full_sparse), 2304u);
  EXPECT_EQ(count(DetectorId::blazeface_short), 896u);
}

TEST(ModelCatalogue, AnchorsLieAtTheCentresOfCells) {
  const AnchorLayer layers[] = {{8, 2}, {16, 1}};
  const std::vector<Point> centres = anchor_centres({32, 16}, layers);
  ASSERT_EQ(centres.size(), 4 * 2 * 2 + 2u);
  EXPECT_EQ(centres[0], (Point{4, 4}));
  EXPECT_EQ(centres[1], (Point{4, 4}));
  EXPECT_EQ(centres[2], (Point{12, 4}));
  EXPECT_EQ(centres[8], (Point{4, 12}));
  EXPECT_EQ(centres[17], (Point{24, 8}));
}

// Sets the variable for one test and puts it back.
class ModelFolder : public testing::Test {
 protected:
  ModelFolder() {
    const char* value = std::getenv("FACEVEIL_MODEL_DIR");
    if (value) before_ = value;
  }
  ~ModelFolder() override { setenv("FACEVEIL_MODEL_DIR", before_.c_str(), 1); }

 private:
  std::string before_;
};

TEST_F(ModelFolder, IsTheOneOfTheEnvironmentFirst) {
  setenv("FACEVEIL_MODEL_DIR", "/", 1);
  const auto folder = find_model_folder();
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(*folder, std::filesystem::path("/"));
}

TEST_F(ModelFolder, SaysWhereItLooked) {
  setenv("FACEVEIL_MODEL_DIR", "/no/such/folder", 1);
  const auto folder = find_model_folder();
  ASSERT_FALSE(folder.has_value());
  EXPECT_EQ(folder.error().kind, Error::Kind::io);
  EXPECT_NE(folder.error().message().find("/no/such/folder"), std::string::npos);

  setenv("FACEVEIL_MODEL_DIR", "", 1);  // As if it were not set.
  const auto beside = find_model_folder();
  ASSERT_FALSE(beside.has_value());  // Test programs have no models beside them.
  EXPECT_NE(beside.error().message().find("/models"), std::string::npos);
}

}  // namespace
}  // namespace faceveil
