# Flags that hold for all our code, and nothing that ties a binary to the machine it was built on.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  # x86-64-v2 = SSE4.2: the oldest processor that we promise. Faster paths are chosen at run time.
  add_compile_options(-march=x86-64-v2)
endif()
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports false overlaps in std::string's operator+ (gcc bug 105651).
  add_compile_options(-Wno-restrict)
endif()
if(CMAKE_UNITY_BUILD)
  # Several files in one: what one keeps to itself is no concern of the next. The other presets
  # know these warnings in full.
  add_compile_options(-Wno-shadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wshadow=local -Wno-subobject-linkage)
  endif()
endif()
# Contraction to fused multiply-add would make results depend on the processor.
add_compile_options(-ffp-contract=off)

if(FACEVEIL_SANITIZE)
  add_compile_options(-fsanitize=${FACEVEIL_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FACEVEIL_SANITIZE})
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
