package io.github.kmsjca.emulator.account;

import java.util.regex.Pattern;

/** The account and Region of a key or alias. Both are part of its ARN. */
public record Location(String region, String account) {
    // pattern and maximum length of RegionType in the KMS API model
    private static final Pattern REGION = Pattern.compile("([a-z]+-){2,3}\\d+");
    private static final int MAX_REGION_LENGTH = 32;

    /**
     * Checks the name of the Region.
     *
     * @throws IllegalArgumentException if the name is not a valid Region name
     */
    public Location {
        if (region.length() > MAX_REGION_LENGTH || !REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("'" + region + "' is not the name of a Region, such as us-east-1");
        }
    }

    /**
     * Returns the account and Region that an ARN names.
     *
     * @throws IllegalArgumentException if the text is not an ARN, or does not name a valid Region
     */
    public static Location of(String arn) {
        String[] parts = arn.split(":", 6);
        if (parts.length < 6) {
            throw new IllegalArgumentException("'" + arn + "' is not an ARN");
        }
        return new Location(parts[3], parts[4]);
    }

    /**
     * Returns the AWS partition of the Region: China, GovCloud or the standard partition. The emulator does not know
     * other partitions.
     */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    /** Returns the ARN of a key in this account and Region. */
    public String keyArn(String keyId) {
        return arn("key/" + keyId);
    }

    /** Returns the ARN of an alias in this account and Region. The name begins with {@code alias/}. */
    public String aliasArn(String aliasName) {
        return arn(aliasName);
    }

    private String arn(String resource) {
        return String.join(":", "arn", partition(), "kms", region, account, resource);
    }
}
