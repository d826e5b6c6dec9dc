# The web page: checked by tsc and built by Vite when its sources change, then embedded in the
# program as the library faceveil_page (src/app/server/page.h), so that an installed program needs
# no files of the page.
find_program(NODE_PROGRAM node REQUIRED)

set(FACEVEIL_PAGE_DIR ${CMAKE_BINARY_DIR}/web)
set(FACEVEIL_PAGE_SOURCE ${CMAKE_BINARY_DIR}/generated/app/server/page_assets.cc)
set(FACEVEIL_NODE_MODULES ${CMAKE_SOURCE_DIR}/node_modules)

foreach(tool typescript/bin/tsc vite/bin/vite.js)
  if(NOT EXISTS ${FACEVEIL_NODE_MODULES}/${tool})
    message(FATAL_ERROR
      "node_modules/${tool} is missing: run `make setup`, which fetches the pinned packages.")
  endif()
endforeach()

file(GLOB_RECURSE FACEVEIL_PAGE_INPUTS CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/web/src/*.ts ${CMAKE_SOURCE_DIR}/web/src/*.tsx
  ${CMAKE_SOURCE_DIR}/web/src/*.css ${CMAKE_SOURCE_DIR}/web/src/*.svg)
list(APPEND FACEVEIL_PAGE_INPUTS
  ${CMAKE_SOURCE_DIR}/web/index.html ${CMAKE_SOURCE_DIR}/web/vite.config.ts
  ${CMAKE_SOURCE_DIR}/web/tsconfig.json ${CMAKE_SOURCE_DIR}/package-lock.json)

add_custom_command(
  OUTPUT ${FACEVEIL_PAGE_SOURCE}
  COMMAND ${NODE_PROGRAM} ${FACEVEIL_NODE_MODULES}/typescript/bin/tsc --noEmit -p web
  COMMAND ${NODE_PROGRAM} ${FACEVEIL_NODE_MODULES}/vite/bin/vite.js build web
          --outDir ${FACEVEIL_PAGE_DIR} --emptyOutDir --logLevel warn
  COMMAND ${NODE_PROGRAM} ${CMAKE_SOURCE_DIR}/cmake/embed_page.mjs
          ${FACEVEIL_PAGE_DIR} ${FACEVEIL_PAGE_SOURCE}
  DEPENDS ${FACEVEIL_PAGE_INPUTS} ${CMAKE_SOURCE_DIR}/cmake/embed_page.mjs
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  COMMENT "Building the web page"
  VERBATIM)

add_library(faceveil_page STATIC ${FACEVEIL_PAGE_SOURCE})
target_include_directories(faceveil_page PUBLIC ${CMAKE_SOURCE_DIR}/src)
