# Model weights come from the pinned npm package (package-lock.json) and are never committed. They
# are laid beside the program as build/<preset>/models.
set(FACEVEIL_MODEL_PACKAGE ${CMAKE_SOURCE_DIR}/node_modules/@mediapipe/face_detection)
set(FACEVEIL_MODELS
  face_detection_full_range.tflite
  face_detection_full_range_sparse.tflite
  face_detection_short_range.tflite)

foreach(model ${FACEVEIL_MODELS})
  if(NOT EXISTS ${FACEVEIL_MODEL_PACKAGE}/${model})
    message(FATAL_ERROR "${model} is missing: run `make setup`, which fetches the models.")
  endif()
  configure_file(${FACEVEIL_MODEL_PACKAGE}/${model} ${CMAKE_BINARY_DIR}/models/${model} COPYONLY)
  install(FILES ${FACEVEIL_MODEL_PACKAGE}/${model} DESTINATION share/faceveil/models)
endforeach()
