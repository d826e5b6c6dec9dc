# Model weights come from the pinned npm packages (package-lock.json) and are never committed. They
# are laid beside the program as build/<preset>/models.

# add_model(NAME FILE SHA256): the file of node_modules, under a name of ours. The lock file holds
# npm to the package; the hash holds the file to the network that our tests have seen.
function(add_model name file sha256)
  set(source ${CMAKE_SOURCE_DIR}/node_modules/${file})
  if(NOT EXISTS ${source})
    message(FATAL_ERROR "${file} is missing: run `make setup`, which fetches the models.")
  endif()
  file(SHA256 ${source} found)
  if(NOT found STREQUAL sha256)
    message(FATAL_ERROR "${file} is not the model that it should be: its SHA-256 is ${found}.")
  endif()
  configure_file(${source} ${CMAKE_BINARY_DIR}/models/${name} COPYONLY)
  install(FILES ${source} DESTINATION share/faceveil/models RENAME ${name})
endfunction()

add_model(face_detection_full_range.tflite
  @mediapipe/face_detection/face_detection_full_range.tflite
  99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3)
add_model(face_detection_full_range_sparse.tflite
  @mediapipe/face_detection/face_detection_full_range_sparse.tflite
  671dd2f9ed11a78436fc21cc42357a803dfc6f73e9fb86541be942d5716c2dce)
add_model(face_detection_short_range.tflite
  @mediapipe/face_detection/face_detection_short_range.tflite
  3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633)
add_model(ultra_light_rfb_320.onnx
  faceplugin-face-recognition-js/model/fr_detect.onnx
  6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854)

# Ours: what training/ made (training/README.md).
foreach(model face_verifier.onnx fusion.json)
  configure_file(${CMAKE_SOURCE_DIR}/training/${model} ${CMAKE_BINARY_DIR}/models/${model} COPYONLY)
  install(FILES ${CMAKE_SOURCE_DIR}/training/${model} DESTINATION share/faceveil/models)
endforeach()
