"""How often each level is seen between two records: `benchmarks.matching.fit` counts it on made people.

What is judged instead of counted says so. A household is another person of the same address.
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, Mapping[str, float]]

OF_SAME: Table = {
    "given": {
        "close": 0.145,
        "nickname": 0.0752,
        "other": 0.059,
        "same": 0.628,
        "sounds_alike": 0.00571,
        "sounds_close": 0.0812,
        "starts_alike": 0.00625,
    },
    "family": {
        "close": 0.122,
        "nickname": 0.00247,
        "other": 0.101,
        "same": 0.675,
        "sounds_alike": 0.00393,
        "sounds_close": 0.0843,
        "starts_alike": 0.0109,
    },
    # Another name is judged, not counted: made people have none.
    "order": {
        "kept": 0.930000,
        "swapped": 0.070300,
        "other_name": 0.230000,
    },
    "birth": {
        "age_fits": 0.7,
        "next_day": 0.0705,
        "one_digit": 0.0869,
        "other": 0.0747,
        "same": 0.696,
        "swapped": 0.0171,
        "two_digits": 0.0551,
    },
    "sex": {
        "same": 0.966000,
        "other": 0.034300,
    },
    "phone": {
        "same": 0.867000,
        "other": 0.133000,
    },
    "address": {
        "half": 0.118,
        "little": 0.00385,
        "most": 0.23,
        "other": 0.136,
        "same": 0.489,
        "some": 0.0229,
    },
}

OF_HOUSEHOLD: Table = {
    "given": {
        "close": 0.00111,
        "nickname": 0.00185,
        "other": 0.973,
        "same": 0.0174,
        "sounds_alike": 0.00185,
        "sounds_close": 0.00407,
        "starts_alike": 0.00037,
    },
    "family": {
        "close": 0.0581,
        "nickname": 0.000352,
        "other": 0.0905,
        "same": 0.784,
        "sounds_alike": 0.00458,
        "sounds_close": 0.0574,
        "starts_alike": 0.00528,
    },
    "order": {
        "kept": 0.930000,
        "swapped": 0.930000,
        "other_name": 0.930000,
    },
    "birth": {
        "age_fits": 0.12,
        "next_day": 0.00189,
        "one_digit": 0.000377,
        "other": 0.968,
        "same": 0.0162,
        "swapped": 0.000377,
        "two_digits": 0.0132,
    },
    "sex": {
        "same": 0.517000,
        "other": 0.483000,
    },
    "phone": {
        "same": 0.417000,
        "other": 0.583000,
    },
    "address": {
        "half": 0.0566,
        "little": 0.00156,
        "most": 0.157,
        "other": 0.0734,
        "same": 0.695,
        "some": 0.0166,
    },
}

OF_STRANGERS: Table = {
    "given": {
        "close": 0.00256,
        "nickname": 0.00223,
        "other": 0.976,
        "same": 0.0117,
        "sounds_alike": 0.00551,
        "sounds_close": 0.000834,
        "starts_alike": 0.000985,
    },
    "family": {
        "close": 0.00122,
        "nickname": 0.000157,
        "other": 0.992,
        "same": 0.00368,
        "sounds_alike": 0.00182,
        "sounds_close": 0.000431,
        "starts_alike": 0.000477,
    },
    # An order is chosen because it fits better, so strangers have any as often as people keep theirs.
    "order": {
        "kept": 0.930000,
        "swapped": 0.930000,
        "other_name": 0.930000,
    },
    "birth": {
        "age_fits": 0.12,
        "next_day": 6.48e-05,
        "one_digit": 0.00108,
        "other": 0.985,
        "same": 3.83e-05,
        "swapped": 2.51e-05,
        "two_digits": 0.0135,
    },
    "sex": {
        "same": 0.499000,
        "other": 0.501000,
    },
    "phone": {
        "same": 4.2e-06,
        "other": 1.000000,
    },
    # Too rare between strangers to be counted in a sample: the first two are judged.
    "address": {
        "half": 9e-05,
        "little": 0.00547,
        "most": 8e-07,
        "other": 0.992,
        "same": 2e-07,
        "some": 0.00216,
    },
}
