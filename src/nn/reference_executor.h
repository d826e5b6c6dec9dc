// The plain executor: loops as in the definition of each operation. It is the oracle for the fast
// one, and far too slow for anything else.
#pragma once

#include "nn/graph.h"

namespace faceveil::nn {

// The graph's outputs, in its order. The input's height and width are free as far as the graph
// allows. Errors: as infer_shapes; bad_input when the input's values or channels are not as many as
// its shape and the graph say.
Result<std::vector<Tensor>> run_reference(const Graph&, const Tensor& input);

}  // namespace faceveil::nn
