-- A feature is stored in half of the room: a form byte of 1, the least number and a step, each Float32, then 16 bits a
-- number. Its odd length tells it from the older form, Float32 alone, of which rows stay as they are.
-- Not checked anew: every row there is was held to the narrower constraint.

ALTER TABLE "feature"
    DROP CONSTRAINT "feature_vector_is_float32",
    ADD CONSTRAINT "feature_vector_has_a_form" CHECK (
        (octet_length("vector") > 0 AND octet_length("vector") % 4 = 0)
        OR (octet_length("vector") > 9 AND octet_length("vector") % 2 = 1 AND get_byte("vector", 0) = 1)
    ) NOT VALID;
