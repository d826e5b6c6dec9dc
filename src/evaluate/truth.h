// Where the faces in a collection of pictures are, as people labelled them: what detectors are
// judged by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace faceveil {

struct LabelledFace {
  Rect box;  // Upright pixels; may reach over the picture's border.
  // False: neither a leak when missed nor wrong when found (WIDER FACE's "invalid", and its boxes
  // without area).
  bool judged = true;
};

struct LabelledPicture {
  std::string name;                 // Path from the folder of the pictures; never leads out of it.
  std::string subset;               // Pictures are judged in subsets; empty: only all together.
  int line = 0;                     // Of the truth file where the picture is named first, from 1.
  std::vector<LabelledFace> faces;  // In the order of the file.
};

struct Truth {
  std::vector<LabelledPicture> pictures;  // Each name once, in the order of the file.
};

// Reads either of two formats, told apart by the first line:
//
//   image,x1,y1,x2,y2              CSV with exactly these columns, a row a face, corners in pixels.
//   crowds/a.jpg,10,20,30,45       A picture without faces has one row with four empty fields.
//   crowds/b.jpg,,,,               The first folder of a name is the picture's subset. No quotes.
//
//   0--Parade/a.jpg                WIDER FACE's wider_face_*_bbx_gt.txt: a picture's name, how many
//   1                              faces it has, then x1 y1 w h blur expression illumination
//   10 20 20 25 0 0 0 0 0 0        invalid occlusion pose for each (one row of zeros where there
//                                  are none). No subsets.
//
// Errors: bad_input, over_limit (base/limits.h); the error's subject is the line ("line 12").
Result<Truth> parse_truth(std::string_view text);

// Which faces of which pictures belong to a part of the collection, such as WIDER FACE's "easy",
// "medium" and "hard". faces[i] goes with truth.pictures[i]: true for the faces that count.
struct Split {
  std::vector<std::vector<bool>> faces;
};

// A line a picture: its name, then the numbers of the faces that count, from 1, in the order of the
// truth file, with blanks between. Pictures that are not named have none. Errors as parse_truth;
// bad_input also for pictures and faces that are not in the truth file.
Result<Split> parse_split(std::string_view text, const Truth&);

}  // namespace faceveil
