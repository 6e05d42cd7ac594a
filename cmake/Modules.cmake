# One static library per room. USES is the layer diagram; tests/layering.cmake holds the includes against it.

add_library(segue_warnings INTERFACE)
target_compile_options(segue_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual)
# g++ 12 sees uninitialised strings in a moved std::optional<std::string> where there are none, and at -O3
# overflows in fmt's parser and in std::string's operator+ (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(segue_warnings INTERFACE -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-restrict)
else()
  # clang blames us for what libstdc++ 12 deprecates inside its own std::stable_sort.
  target_compile_options(segue_warnings INTERFACE -Wno-deprecated-declarations)
endif()
if(SEGUE_WERROR)
  target_compile_options(segue_warnings INTERFACE -Werror)
endif()
# The same bits from every compiler: a*b+c is never fused.
add_compile_options(-ffp-contract=off)

# segue_module(NAME BASE <dir> SOURCES ... HEADERS ... USES ... LIBRARIES ...)
# Headers are included as "room/file.h", relative to BASE.
function(segue_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BASE" "SOURCES;HEADERS;USES;LIBRARIES")
  add_library(segue_${name} STATIC ${arg_SOURCES})
  add_library(segue::${name} ALIAS segue_${name})
  list(TRANSFORM arg_HEADERS PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  target_sources(segue_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_BASE} FILES ${arg_HEADERS})
  target_link_libraries(segue_${name} PUBLIC ${arg_USES} PRIVATE ${arg_LIBRARIES} $<BUILD_INTERFACE:segue_warnings>)
  set_target_properties(segue_${name} PROPERTIES EXPORT_NAME ${name})
endfunction()
