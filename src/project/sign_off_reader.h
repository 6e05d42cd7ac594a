/// \file
/// One <sign-off> of a project file as a value; whether its track is there is the album's business.
#pragma once

#include "album/sign_off.h"
#include "project/attribute_reader.h"

namespace segue {

/// What is wrong is remembered by `in`.
[[nodiscard]] SignOff readSignOff(AttributeReader& in, const XmlNode& node);

} // namespace segue
