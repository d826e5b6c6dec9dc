# add_room(NAME SOURCES ... LINKS ... PRIVATE_LINKS ...): the library faceveil_NAME from src/NAME.
# LINKS are the arrows that other rooms may see through this one; PRIVATE_LINKS stay inside.
function(add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(faceveil_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(faceveil_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(faceveil_${name} PUBLIC ${ROOM_LINKS} PRIVATE ${ROOM_PRIVATE_LINKS})
endfunction()

# add_room_test(ROOM FILE_STEM... ): one test program for the unit tests that stand beside the code
# of a room (src/ROOM/FILE_STEM.cc). Each GoogleTest case becomes a ctest case.
function(add_room_test room)
  if(NOT FACEVEIL_TESTS)
    return()
  endif()
  set(sources ${ARGN})
  list(TRANSFORM sources APPEND .cc)
  add_executable(${room}_test ${sources})
  target_link_libraries(${room}_test
    PRIVATE faceveil_${room} faceveil_test_support GTest::gtest_main)
  # Only what is tested needs all optimisations; these sources compile in a bit more than half the
  # time without.
  target_compile_options(${room}_test PRIVATE -O1)
  faceveil_discover(${room}_test)
endfunction()

# Registers the cases of a GoogleTest program with ctest. They run in the source folder, and find
# the models of their own build.
function(faceveil_discover target)
  gtest_discover_tests(${target}
    TEST_PREFIX "${target}."
    DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    PROPERTIES
      TIMEOUT 600
      ENVIRONMENT FACEVEIL_MODEL_DIR=${CMAKE_BINARY_DIR}/models)
endfunction()

# Files that may not share a compilation (the preset `release` makes one of eight): each calls its
# own things by the same words as its siblings, because it says the same of another format.
function(compile_apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
