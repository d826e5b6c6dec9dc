// Names that nobody can guess.
#pragma once

#include <string>

namespace faceveil {

// 22 characters (128 bits by lot) that stand in addresses and file names.
std::string random_id();

}  // namespace faceveil
