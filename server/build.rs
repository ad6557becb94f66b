//! The page is compiled into the binary: whatever changes in it must compile the server anew.

fn main() {
    println!("cargo:rerun-if-changed=assets");
}
