//! All variants of an enum. They are derived, because one that is forgotten in a list written by hand escapes
//! every test that goes through the list.

use strum::VariantArray;

/// All variants, in the order in which they are declared. `N` is how many there are: another number doesn't
/// compile in a constant.
///
/// ```
/// use candour_shared::variants::all;
/// use strum::VariantArray;
///
/// #[derive(Debug, Clone, Copy, PartialEq, VariantArray)]
/// enum Side {
///     Left,
///     Right,
/// }
///
/// impl Side {
///     const ALL: [Self; Self::VARIANTS.len()] = all();
/// }
///
/// assert_eq!(Side::ALL, [Side::Left, Side::Right]);
/// ```
#[must_use]
pub const fn all<T: VariantArray + Copy, const N: usize>() -> [T; N] {
    match T::VARIANTS.first_chunk() {
        Some(all) if T::VARIANTS.len() == N => *all,
        Some(_) | None => panic!("N is not the number of variants"),
    }
}
